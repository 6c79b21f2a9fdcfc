import type { indicatorCatalogue, serviceCatalogue } from '../tables/index.ts';

type Service = typeof serviceCatalogue.$inferInsert;
type Indicator = typeof indicatorCatalogue.$inferInsert;

/** A service with its price. */
export interface Priced extends Service {
  /** Đồng for one. */
  readonly price: number;
}

type Line = readonly [string, string, string, string, number];

const lines: readonly Line[] = [
  ['02.1896', 'Khám Nội', 'Lần', '13', 42_100],
  ['03.1896', 'Khám Nhi', 'Lần', '13', 42_100],
  ['06.1896', 'Khám Tâm thần', 'Lần', '13', 42_100],
  ['10.1896', 'Khám Ngoại', 'Lần', '13', 42_100],
  ['13.1896', 'Khám Phụ sản', 'Lần', '13', 42_100],
  ['K03.1917', 'Giường Nội khoa loại 1 hạng II', 'Ngày', '15', 212_600],
  ['22.0121.1369', 'Tổng phân tích tế bào máu ngoại vi (bằng máy đếm laser)', 'Lần', '1', 48_400],
  ['23.0075.1494', 'Định lượng Glucose', 'Lần', '1', 22_400],
  ['23.0083.1523', 'Định lượng HbA1c', 'Lần', '1', 105_300],
  ['23.0051.1494', 'Định lượng Creatinin', 'Lần', '1', 22_400],
  ['23.0041.1506', 'Định lượng Cholesterol toàn phần', 'Lần', '1', 28_000],
  ['23.0019.1493', 'Đo hoạt độ ALT (GPT)', 'Lần', '1', 22_400],
  ['23.0162.1570', 'Định lượng TSH', 'Lần', '1', 61_700],
  ['23.0206.1596', 'Tổng phân tích nước tiểu (bằng máy tự động)', 'Lần', '1', 28_600],
  ['18.0119.0028', 'Chụp X-quang ngực thẳng', 'Lần', '2', 73_300],
  ['18.0015.0001', 'Siêu âm ổ bụng', 'Lần', '2', 58_600],
  ['02.0085.1778', 'Điện tim thường', 'Lần', '3', 39_900],
  ['24.0169.1616', 'HIV Ab test nhanh', 'Lần', '1', 58_600],
  ['24.0179.1663', 'HIV đo tải lượng hệ thống tự động', 'Lần', '1', 984_000],
  ['06.0018.1809', 'Trắc nghiệm tâm lý Beck', 'Lần', '3', 22_700],
  ['23.0193.1589', 'Định tính chất gây nghiện trong nước tiểu', 'Lần', '1', 45_800],
  ['18.0034.0001', 'Siêu âm thai', 'Lần', '2', 58_600],
  ['22.0502.1267', 'Xét nghiệm đột biến gen Thalassemia', 'Lần', '1', 4_532_000],
  ['22.0644.1259', 'Nhiễm sắc thể đồ', 'Lần', '1', 721_000],
];

/** The services of the synthetic records; codes and prices after circular 23/2024/TT-BYT and its price lists, about. */
export const services: readonly Priced[] = lines.map(([code, name, unit, groupCode, price]) => ({
  ...{ code, name, unit, groupCode, price },
}));

const measures: readonly (readonly [string, string, string | null])[] = [
  ['WBC', 'Số lượng bạch cầu', 'G/L'],
  ['GLU', 'Glucose', 'mmol/L'],
  ['HBA1C', 'HbA1c', '%'],
  ['CRE', 'Creatinin', 'µmol/L'],
  ['CHO', 'Cholesterol toàn phần', 'mmol/L'],
  ['ALT', 'ALT (GPT)', 'U/L'],
  ['TSH', 'TSH', 'mIU/L'],
  ['UPRO', 'Protein niệu', 'g/L'],
  ['XRAY', 'X-quang ngực', null],
  ['USAB', 'Siêu âm ổ bụng', null],
  ['ECG', 'Điện tim', null],
  ['HIVAB', 'Kháng thể HIV', null],
  ['HIVVL', 'Tải lượng HIV', 'bản sao/mL'],
  ['BECK', 'Điểm thang Beck', 'điểm'],
  ['DRUG', 'Chất gây nghiện trong nước tiểu', null],
  ['USOB', 'Siêu âm thai', null],
  ['THAL', 'Đột biến gen Thalassemia', null],
  ['KARY', 'Nhiễm sắc thể đồ', null],
];

/** What the tests of the synthetic records measure. */
export const indicators: readonly Indicator[] = measures.map(([code, indicatorName, unit]) => ({
  ...{ code, indicatorName, unit },
}));
