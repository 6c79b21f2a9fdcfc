import { drugs, type Prescribed } from './drugs.ts';
import { services, type Priced } from './services.ts';

/** A test: its service, what it measures, and the values it gives. */
export interface Test {
  readonly service: Priced;
  readonly indicatorCode: string;
  /** Lowest and highest value in tenths; or the conclusion in words. */
  readonly gives: readonly [number, number] | string;
}

/** What usually follows a diagnosis. */
export interface Regimen {
  readonly reason: string;
  readonly examination: Priced;
  readonly drugs: readonly Prescribed[];
  readonly tests: readonly Test[];
  /** ICD-9-CM, done when the patient stays. */
  readonly procedureCode: string | null;
}

function findByCode<Item extends { readonly code: string }>(items: readonly Item[], code: string): Item {
  const found = items.find((item) => item.code === code);
  if (!found) throw new RangeError('A regimen names a code that its catalogue does not have.');
  return found;
}

type TestLine = readonly [string, string, readonly [number, number] | string];
const tests = {
  blood: ['22.0121.1369', 'WBC', [40, 125]],
  glucose: ['23.0075.1494', 'GLU', [58, 112]],
  hba1c: ['23.0083.1523', 'HBA1C', [58, 92]],
  creatinine: ['23.0051.1494', 'CRE', [600, 1200]],
  cholesterol: ['23.0041.1506', 'CHO', [42, 71]],
  liver: ['23.0019.1493', 'ALT', [150, 800]],
  thyroid: ['23.0162.1570', 'TSH', [5, 68]],
  urine: ['23.0206.1596', 'UPRO', [0, 3]],
  chest: ['18.0119.0028', 'XRAY', 'Hình ảnh tim phổi bình thường'],
  abdomen: ['18.0015.0001', 'USAB', 'Chưa phát hiện bất thường'],
  heart: ['02.0085.1778', 'ECG', 'Nhịp xoang'],
  hiv: ['24.0169.1616', 'HIVAB', 'Có phản ứng'],
  viralLoad: ['24.0179.1663', 'HIVVL', [0, 2000]],
  beck: ['06.0018.1809', 'BECK', [80, 280]],
  substances: ['23.0193.1589', 'DRUG', 'Dương tính'],
  pregnancy: ['18.0034.0001', 'USOB', 'Theo dõi thai'],
  thalassaemia: ['22.0502.1267', 'THAL', 'Phát hiện đột biến dị hợp tử'],
  karyotype: ['22.0644.1259', 'KARY', 'Bất thường số lượng nhiễm sắc thể'],
} as const satisfies Readonly<Record<string, TestLine>>;

const testOf = (name: keyof typeof tests): Test => {
  const [serviceCode, indicatorCode, gives] = tests[name];
  return { service: findByCode(services, serviceCode), indicatorCode, gives };
};

type Line = readonly [
  pattern: RegExp,
  reason: string,
  examination: string,
  drugs: readonly string[],
  tests: readonly (keyof typeof tests)[],
  procedure?: string,
];

/** The first pattern that fits the ICD-10 code counts; the last fits all. */
const lines: readonly Line[] = [
  [/^(B2[0-4]|Z21)/, 'Tái khám, lĩnh thuốc', '02.1896', ['40.305'], ['viralLoad', 'hiv']],
  [/^F1[15]/, 'Tái khám, lĩnh thuốc', '06.1896', ['40.966'], ['substances']],
  [/^F1/, 'Run tay, mất ngủ', '06.1896', ['40.943', '40.1056'], ['liver', 'substances']],
  [/^F2/, 'Mất ngủ, nghe tiếng nói trong tai', '06.1896', ['40.968'], ['beck']],
  [/^F/, 'Mất ngủ, lo lắng', '06.1896', ['40.979'], ['beck']],
  [/^O0/, 'Đau bụng, ra máu âm đạo', '13.1896', ['40.770', '40.439'], ['pregnancy'], '69.01'],
  [/^Z3/, 'Tư vấn sức khỏe sinh sản', '13.1896', ['40.439'], ['pregnancy']],
  [/^O/, 'Thai theo dõi chuyển dạ', '13.1896', ['40.439', '40.48'], ['pregnancy', 'blood'], '73.59'],
  [/^(D56|D66)/, 'Mệt mỏi, da xanh', '02.1896', ['40.439'], ['thalassaemia', 'blood']],
  [/^Q9/, 'Khám định kỳ', '03.1896', [], ['karyotype']],
  [/^A0/, 'Tiêu chảy, nôn', '02.1896', ['40.696', '40.48'], ['blood']],
  [/^J/, 'Ho, sốt, đau họng', '02.1896', ['40.154', '40.48', '40.998', '40.84'], ['blood', 'chest'], '93.94'],
  [/^I/, 'Đau đầu, chóng mặt', '02.1896', ['40.491', '40.520', '40.549'], ['heart', 'creatinine'], '88.72'],
  [/^E1/, 'Khát nước, mệt mỏi', '02.1896', ['40.807', '40.800'], ['glucose', 'hba1c', 'creatinine']],
  [/^E0/, 'Hồi hộp, mệt mỏi', '02.1896', ['40.818'], ['thyroid']],
  [/^E7/, 'Khám định kỳ', '02.1896', ['40.549'], ['cholesterol']],
  [/^K/, 'Đau bụng', '02.1896', ['40.677'], ['abdomen', 'liver'], '45.13'],
  [/^M/, 'Đau lưng, đau khớp', '02.1896', ['40.41', '40.64', '40.1056'], ['chest'], '93.39'],
  [/^N/, 'Tiểu buốt, đau hông', '02.1896', ['40.215'], ['urine', 'abdomen']],
  [/^H[0-5]/, 'Mờ mắt, cộm mắt', '02.1896', ['40.880'], []],
  [/^(L|B35|B86)/, 'Ngứa, nổi ban', '02.1896', ['40.595', '40.84'], []],
  [/^[ST]/, 'Đau sau chấn thương', '10.1896', ['40.41', '40.48'], ['chest'], '79.00'],
  [/^Z00/, 'Khám sức khỏe', '02.1896', [], ['blood', 'glucose', 'chest']],
  [/^/, 'Mệt mỏi', '02.1896', ['40.48', '40.1056'], ['blood']],
];

function regimenOfLine([, reason, examination, drugCodes, names, procedureCode]: Line): Regimen {
  return {
    reason,
    examination: findByCode(services, examination),
    drugs: drugCodes.map((code) => findByCode(drugs, code)),
    tests: names.map(testOf),
    procedureCode: procedureCode ?? null,
  };
}

const known = new Map<string, Regimen>();

/** What follows a diagnosis, by its ICD-10 code. */
export function regimenFor(code: string): Regimen {
  const cached = known.get(code);
  if (cached) return cached;
  const line = lines.find(([pattern]) => pattern.test(code))!;
  const regimen = regimenOfLine(line);
  known.set(code, regimen);
  return regimen;
}
