import { DEPARTMENTS, DIAGNOSES, facilities, type Coded } from '#db/population';
import type { AddRow } from '#kit';
import { catalogueEntries, drugCatalogue, indicatorCatalogue, serviceCatalogue } from '../tables/index.ts';
import { drugs } from './drugs.ts';
import { indicators, services } from './services.ts';
import { vaccines } from './vaccines.ts';

type Entry = readonly [string, string];

/** Short catalogues of the output data standard (QĐ 130/QĐ-BYT and its amendments, QĐ 824/QĐ-BYT). */
const standard: Readonly<Record<string, readonly Entry[]>> = {
  VISIT_TYPE: [
    ['01', 'Khám bệnh'],
    ['02', 'Điều trị ngoại trú'],
    ['03', 'Điều trị nội trú'],
    ['04', 'Điều trị nội trú ban ngày'],
    ['05', 'Điều trị ngoại trú các bệnh mạn tính dài ngày, có khám bệnh và lĩnh thuốc'],
    ['06', 'Điều trị lưu tại trạm y tế, phòng khám đa khoa khu vực'],
    ['07', 'Nhận thuốc theo hẹn, không khám bệnh'],
    ['08', 'Điều trị ngoại trú nhiều ngày các bệnh mạn tính'],
    ['09', 'Điều trị nội trú dưới 4 giờ'],
    ['10', 'Các trường hợp khác'],
  ],
  DISCHARGE_TYPE: [
    ['1', 'Ra viện'],
    ['2', 'Chuyển tuyến theo yêu cầu chuyên môn'],
    ['3', 'Trốn viện'],
    ['4', 'Xin ra viện'],
    ['5', 'Chuyển tuyến theo yêu cầu người bệnh'],
  ],
  PATIENT_CATEGORY: [
    ['1.1', 'Người bệnh đến khám, chữa bệnh đúng nơi đăng ký ban đầu'],
    ['1.3', 'Người bệnh có giấy chuyển tuyến'],
    ['2', 'Cấp cứu'],
    ['3.3', 'Người bệnh tự đến khám, chữa bệnh không đúng tuyến'],
    ['7', 'Lĩnh thuốc theo giấy hẹn'],
    ['9', 'Không khám, chữa bệnh bảo hiểm y tế'],
  ],
  INPATIENT_REASON: [
    ['1', 'Bệnh cần điều trị nội trú'],
    ['2', 'Theo dõi diễn biến bệnh'],
    ['3', 'Phẫu thuật, thủ thuật'],
  ],
  ACCIDENT: [
    ['1', 'Tai nạn giao thông'],
    ['2', 'Tai nạn lao động'],
    ['3', 'Tai nạn dưới nước'],
    ['4', 'Bỏng'],
    ['5', 'Bạo lực, xung đột'],
    ['6', 'Tự tử'],
    ['7', 'Ngộ độc các loại'],
    ['8', 'Khác'],
  ],
  REFERRAL_REASON: [
    ['1', 'Đủ điều kiện chuyển tuyến'],
    ['2', 'Theo yêu cầu của người bệnh hoặc người đại diện'],
  ],
  ICD9CM: [
    ['45.13', 'Nội soi ruột non khác'],
    ['69.01', 'Nong và nạo tử cung để chấm dứt thai kỳ'],
    ['73.59', 'Đỡ đẻ bằng tay khác'],
    ['79.00', 'Nắn kín gãy xương, vị trí không xác định'],
    ['88.72', 'Siêu âm chẩn đoán tim'],
    ['93.39', 'Vật lý trị liệu khác'],
    ['93.94', 'Khí dung'],
  ],
  TRADITIONAL: [
    ['U50.101', 'Yêu thống'],
    ['U58.151', 'Kiên bối thống'],
    ['U62.392', 'Tý chứng'],
  ],
};

const entriesOf = (items: readonly Coded[]): Entry[] => items.map(({ code, name }) => [code, name]);

/** Writes every catalogue. */
export function addCatalogues(add: AddRow): void {
  const all: Readonly<Record<string, readonly Entry[]>> = {
    ...standard,
    FACILITY: entriesOf(facilities()),
    DEPARTMENT: entriesOf(Object.values(DEPARTMENTS)),
    ICD10: entriesOf(DIAGNOSES),
    VACCINE: entriesOf(vaccines),
  };
  for (const [catalogue, entries] of Object.entries(all))
    for (const [code, name] of entries) add(catalogueEntries, { catalogue, code, name });
  for (const drug of drugs) add(drugCatalogue, drug);
  for (const service of services) add(serviceCatalogue, service);
  for (const indicator of indicators) add(indicatorCatalogue, indicator);
}
