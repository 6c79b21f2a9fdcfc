/** A profile as eight agencies tell it: of everybody the same but for the ids. */
const source = { asOf: '2026-11-01T00:00:00.000Z', integrationStatus: 'INTEGRATED' };
const ward = { code: '26734', name: 'Phường Sài Gòn' };
const province = { code: '79', name: 'Thành phố Hồ Chí Minh' };
const address = { line: '12 Nguyễn Huệ, Tổ dân phố 4', ward, province };

const idCards = [
  ['CAN_CUOC', '2024-09-10', '2049-05-12', 'VALID'],
  ['CCCD_CHIP', '2021-06-01', '2039-05-12', 'REPLACED'],
  ['CCCD_BARCODE', '2016-03-22', '2031-03-22', 'REPLACED'],
  ['CMND_9', '2003-07-15', '2018-07-15', 'REPLACED'],
].map(([documentType, issuedOn, expiresOn, status]) => ({
  documentType,
  documentNumber: '079085000123',
  issuedOn,
  expiresOn,
  status,
}));

const drivingLicences = [
  { number: '790123456789', points: 12, status: 'VALID', codes: ['A1', 'B', 'C1'] },
  { number: '790987654321', points: 10, status: 'EXPIRED', codes: ['A'] },
].map(({ codes, ...licence }) => ({
  ...licence,
  classes: codes.map((code) => ({ code, expiresOn: '2034-05-01' })),
}));

const vehicles = ['Wave Alpha', 'Vision', 'Vios'].map((model, at) => ({
  plateNumber: `59X${at + 1}-123.4${at}`,
  plateColour: 'WHITE_BLACK',
  brand: at === 2 ? 'Toyota' : 'Honda',
  model,
  status: 'ACTIVE',
}));

const healthInsurance = {
  cardNumber: 'DN4797912345678',
  benefitLevel: 4,
  initialFacility: { code: '79010', name: 'Bệnh viện Nhân dân Gia Định' },
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
};

const periods = Array.from({ length: 10 }, (_, at) => ({
  scheme: 'SI_COMPULSORY',
  fromMonth: `${2026 - at}-01`,
  toMonth: at === 0 ? null : `${2026 - at}-12`,
  employer: { name: at < 5 ? 'Công ty cổ phần Dệt may Sông Hồng' : 'Công ty trách nhiệm hữu hạn Minh Phát' },
  salaryBase: 12_500_000 - at * 500_000,
}));

const visits = Array.from({ length: 10 }, (_, at) => ({
  admittedOn: `${2026 - at}-0${(at % 9) + 1}-15`,
  facility: { name: at % 2 === 0 ? 'Bệnh viện Chợ Rẫy' : 'Trung tâm Y tế Quận 1' },
  mainDiagnosis:
    at % 3 === 0
      ? { code: 'J20.9', text: 'Viêm phế quản cấp' }
      : { code: 'I10', text: 'Tăng huyết áp vô căn' },
  outcome: 'RECOVERED',
}));

/** What each agency adds to a citizen of whom it knows the id. */
export const citizenParts: Readonly<Record<string, unknown>> = {
  fullName: 'Nguyễn Thị Minh Khai',
  dateOfBirth: '1985-05-12',
  sex: 'FEMALE',
  residence: {
    permanent: { address, registeredFrom: '2012-04-02' },
    household: { relationToHead: 'HEAD', memberCount: 4 },
    ...source,
  },
  idCards,
  drivingLicences,
  vehicles,
  healthInsurance,
  socialInsurance: { totalMonths: 120, periods: { nodes: periods } },
  healthRecords: { nodes: visits, pageInfo: { hasNextPage: true, endCursor: 'WyIyMDE3LTAxLTE1Il0' } },
};

/** A citizen's two children, whose names another agency tells. */
export const dependantsOf = (childIds: readonly string[]) =>
  childIds.map((id) => ({ relation: 'CHILD_BIOLOGICAL', basis: 'PARENTAL', citizen: { id } }));
