import type { Day } from '../person.ts';

/** The wording a citizen sees before deciding on a purpose. */
export interface PurposeNotice {
  readonly version: number;
  readonly publishedOn: Day;
  readonly en: string;
  readonly vi: string;
}

/** One purpose a client is registered for; `scopes` are names of the consent register. */
export interface RegisteredPurpose {
  readonly code: string;
  readonly titleEn: string;
  readonly titleVi: string;
  readonly legalBasis: 'CONSENT' | 'STATUTE';
  readonly legalReference: string | null;
  readonly scopes: readonly string[];
  /** How long the client keeps the data. */
  readonly retentionDays: number;
  /** How long a consent may last at most; `null`: until withdrawn. */
  readonly maxDays: number | null;
  readonly notices: readonly PurposeNotice[];
}

/** An app that is registered with the consent register. The names are made up. */
export interface RegisteredClient {
  readonly clientId: string;
  readonly name: string;
  readonly controller: string;
  readonly kind: 'E_ID' | 'BANK' | 'HOSPITAL' | 'STATE' | 'SCHOOL';
  readonly isFirstParty: boolean;
  readonly purposes: readonly RegisteredPurpose[];
}

const healthRecords = [
  'HEALTH_RECORDS',
  'HEALTH_RECORDS.HIV',
  'HEALTH_RECORDS.MENTAL',
  'HEALTH_RECORDS.REPRODUCTIVE',
  'HEALTH_RECORDS.SUBSTANCE',
  'HEALTH_RECORDS.GENETIC',
];

/** Law 91/2025/QH15 and Decree 356/2025/NĐ-CP are in force since this day. */
const first = (en: string, vi: string): PurposeNotice => ({ version: 1, publishedOn: '2026-01-01', en, vi });

const guardianCare: RegisteredPurpose = {
  code: 'guardian-care',
  titleEn: 'Care by a parent or guardian',
  titleVi: 'Chăm sóc bởi cha mẹ hoặc người giám hộ',
  legalBasis: 'CONSENT',
  legalReference: null,
  scopes: healthRecords,
  retentionDays: 0,
  maxDays: 365,
  notices: [
    first(
      'Your parent or guardian asks to read your health records in their own e-ID app, so that they can care for you. Parts about HIV, mental health, reproductive health, substance use and genetics are sensitive and are shown only if you choose them. You may refuse, choose some, and withdraw at any time.',
      'Cha mẹ hoặc người giám hộ đề nghị xem sổ sức khỏe điện tử của bạn trong ứng dụng định danh của họ để chăm sóc bạn. Các phần về HIV, sức khỏe tâm thần, sức khỏe sinh sản, sử dụng chất gây nghiện và di truyền là dữ liệu nhạy cảm và chỉ được hiển thị nếu bạn chọn. Bạn có quyền từ chối, chọn một phần và rút lại bất cứ lúc nào.',
    ),
  ],
};

const loanAssessment: RegisteredPurpose = {
  code: 'loan-assessment',
  titleEn: 'Assessment of a loan application',
  titleVi: 'Thẩm định hồ sơ vay vốn',
  legalBasis: 'CONSENT',
  legalReference: null,
  scopes: ['PERSONAL_INFORMATION', 'RESIDENCE', 'ID_CARDS', 'SOCIAL_INSURANCE'],
  retentionDays: 1825,
  maxDays: 90,
  notices: [
    first(
      'The bank reads who you are, where you live, your identity card and your social insurance periods to assess the loan you applied for. Your identity card and salary basis are sensitive data. The data is kept for five years after the decision. Refusing has no effect beyond this application.',
      'Ngân hàng xem thông tin cá nhân, nơi cư trú, căn cước và quá trình tham gia bảo hiểm xã hội của bạn để thẩm định khoản vay bạn đề nghị. Thông tin căn cước và tiền lương đóng bảo hiểm là dữ liệu nhạy cảm. Dữ liệu được lưu năm năm sau khi có quyết định. Việc từ chối không ảnh hưởng gì ngoài hồ sơ này.',
    ),
  ],
};

const treatment: RegisteredPurpose = {
  code: 'treatment',
  titleEn: 'Examination and treatment',
  titleVi: 'Khám bệnh, chữa bệnh',
  legalBasis: 'CONSENT',
  legalReference: null,
  scopes: ['PERSONAL_INFORMATION', 'HEALTH_INSURANCE', ...healthRecords],
  retentionDays: 3650,
  maxDays: 365,
  notices: [
    first(
      'The hospital reads who you are, your health insurance and your health records to examine and treat you.',
      'Bệnh viện xem thông tin cá nhân, thẻ bảo hiểm y tế và sổ sức khỏe điện tử của bạn để khám bệnh, chữa bệnh.',
    ),
    {
      version: 2,
      publishedOn: '2026-07-01',
      en: 'The hospital reads who you are, your health insurance and your health records to examine and treat you. All health data is sensitive. Parts about HIV, mental health, reproductive health, substance use and genetics are read only if you choose each of them. The data is kept for ten years as part of the medical file.',
      vi: 'Bệnh viện xem thông tin cá nhân, thẻ bảo hiểm y tế và sổ sức khỏe điện tử của bạn để khám bệnh, chữa bệnh. Toàn bộ dữ liệu sức khỏe là dữ liệu nhạy cảm. Các phần về HIV, sức khỏe tâm thần, sức khỏe sinh sản, sử dụng chất gây nghiện và di truyền chỉ được xem nếu bạn chọn từng phần. Dữ liệu được lưu mười năm trong hồ sơ bệnh án.',
    },
  ],
};

const landRegistration: RegisteredPurpose = {
  code: 'land-registration',
  titleEn: 'Registration of land and changes to it',
  titleVi: 'Đăng ký đất đai, đăng ký biến động',
  legalBasis: 'STATUTE',
  legalReference: 'Law 31/2024/QH15 Art. 133',
  scopes: ['PERSONAL_INFORMATION', 'RESIDENCE', 'ID_CARDS'],
  retentionDays: 10_950,
  maxDays: null,
  notices: [
    first(
      'The land registration office reads who you are, where you live and your identity card for a registration case, as the Land Law provides. Every reading names its case and is recorded.',
      'Văn phòng đăng ký đất đai xem thông tin cá nhân, nơi cư trú và căn cước của bạn để giải quyết hồ sơ đăng ký theo Luật Đất đai. Mỗi lần xem đều ghi rõ số hồ sơ và được lưu vết.',
    ),
  ],
};

const schoolEnrolment: RegisteredPurpose = {
  code: 'school-enrolment',
  titleEn: 'Enrolment at school',
  titleVi: 'Tuyển sinh đầu cấp',
  legalBasis: 'CONSENT',
  legalReference: null,
  scopes: ['PERSONAL_INFORMATION', 'RESIDENCE', 'DEPENDANTS'],
  retentionDays: 1825,
  maxDays: 180,
  notices: [
    first(
      'The school reads who the pupil is, where the pupil lives and who represents the pupil, to decide on the enrolment. The data is kept while the pupil attends the school.',
      'Nhà trường xem thông tin cá nhân, nơi cư trú và người đại diện của học sinh để xét tuyển sinh. Dữ liệu được lưu trong thời gian học sinh theo học.',
    ),
  ],
};

const trafficCheck: RegisteredPurpose = {
  code: 'traffic-check',
  titleEn: 'Traffic patrol and check',
  titleVi: 'Tuần tra, kiểm soát giao thông',
  legalBasis: 'STATUTE',
  legalReference: 'Law 36/2024/QH15 Art. 65',
  scopes: ['PERSONAL_INFORMATION', 'DRIVING_LICENCE', 'VEHICLES'],
  retentionDays: 730,
  maxDays: null,
  notices: [
    first(
      'The traffic police read who you are, your driving licence and your vehicles when they check you on the road. Every reading names its case and is recorded.',
      'Cảnh sát giao thông xem thông tin cá nhân, giấy phép lái xe và phương tiện của bạn khi kiểm soát trên đường. Mỗi lần xem đều ghi rõ số vụ việc và được lưu vết.',
    ),
  ],
};

/** Apps and purposes that every population comes with. Nobody has consented to anything yet. */
export const registeredClients: readonly RegisteredClient[] = [
  {
    clientId: 'vneid',
    name: 'VNeID',
    controller: 'Bộ Công an: Trung tâm Dữ liệu quốc gia về dân cư',
    kind: 'E_ID',
    isFirstParty: true,
    purposes: [guardianCare],
  },
  {
    clientId: 'bank-loans',
    name: 'Lạc Hồng Bank: vay trực tuyến',
    controller: 'Ngân hàng TMCP Lạc Hồng',
    kind: 'BANK',
    isFirstParty: false,
    purposes: [loanAssessment],
  },
  {
    clientId: 'hospital',
    name: 'Bệnh viện Đa khoa Hoa Sen Trắng',
    controller: 'Bệnh viện Đa khoa Hoa Sen Trắng',
    kind: 'HOSPITAL',
    isFirstParty: false,
    purposes: [treatment],
  },
  {
    clientId: 'land-registry',
    name: 'Hồ sơ đất đai trực tuyến',
    controller: 'Văn phòng Đăng ký đất đai',
    kind: 'STATE',
    isFirstParty: false,
    purposes: [landRegistration],
  },
  {
    clientId: 'school',
    name: 'Tuyển sinh trực tuyến',
    controller: 'Trường Tiểu học Hoa Phượng Đỏ',
    kind: 'SCHOOL',
    isFirstParty: false,
    purposes: [schoolEnrolment],
  },
  {
    clientId: 'traffic-police',
    name: 'Tuần tra kiểm soát giao thông',
    controller: 'Bộ Công an: Cục Cảnh sát giao thông',
    kind: 'STATE',
    isFirstParty: false,
    purposes: [trafficCheck],
  },
];
