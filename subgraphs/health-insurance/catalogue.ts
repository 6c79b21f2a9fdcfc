import type { baseSalaries, benefitLevels, objects, resultCodes } from './tables.ts';

const objectsOfLevel = {
  1: [
    ['CC', 'Người có công với cách mạng, cựu chiến binh'],
    ['TE', 'Trẻ em dưới 6 tuổi'],
  ],
  2: [
    ['CK', 'Người có công với cách mạng khác'],
    ['CB', 'Cựu chiến binh'],
    ['KC', 'Người tham gia kháng chiến và bảo vệ Tổ quốc'],
    ['HN', 'Người thuộc hộ gia đình nghèo'],
    ['DT', 'Người dân tộc thiểu số tại vùng có điều kiện kinh tế - xã hội khó khăn'],
    ['DK', 'Người đang sinh sống tại vùng có điều kiện kinh tế - xã hội đặc biệt khó khăn'],
    ['XD', 'Người đang sinh sống tại xã đảo, huyện đảo'],
    ['BT', 'Người thuộc diện hưởng trợ cấp bảo trợ xã hội hằng tháng'],
    ['TS', 'Thân nhân của liệt sĩ, người có công nuôi dưỡng liệt sĩ'],
  ],
  3: [
    ['HT', 'Người hưởng lương hưu, trợ cấp mất sức lao động hằng tháng'],
    ['TC', 'Thân nhân của người có công với cách mạng'],
    ['CN', 'Người thuộc hộ gia đình cận nghèo'],
  ],
  4: [
    ['DN', 'Người lao động trong doanh nghiệp'],
    ['HX', 'Người lao động trong hợp tác xã'],
    ['CH', 'Người lao động trong cơ quan nhà nước, đơn vị sự nghiệp, lực lượng vũ trang'],
    ['NN', 'Người lao động trong cơ quan, tổ chức nước ngoài'],
    ['TK', 'Người lao động trong tổ chức khác có sử dụng lao động'],
    ['HC', 'Cán bộ, công chức, viên chức'],
    ['XK', 'Người hoạt động không chuyên trách ở xã, phường, thị trấn'],
    ['TB', 'Người hưởng trợ cấp tai nạn lao động, bệnh nghề nghiệp hằng tháng'],
    ['NO', 'Người lao động nghỉ việc hưởng chế độ ốm đau dài ngày'],
    ['CT', 'Người từ đủ 80 tuổi hưởng trợ cấp tuất hằng tháng'],
    ['XB', 'Cán bộ xã, phường, thị trấn hưởng trợ cấp hằng tháng từ quỹ BHXH'],
    ['TN', 'Người hưởng trợ cấp thất nghiệp'],
    ['CS', 'Công nhân cao su hưởng trợ cấp hằng tháng'],
    ['XN', 'Cán bộ xã, phường, thị trấn hưởng trợ cấp hằng tháng từ ngân sách nhà nước'],
    ['MS', 'Người thôi hưởng trợ cấp mất sức lao động đang hưởng trợ cấp từ ngân sách nhà nước'],
    ['HD', 'Đại biểu Quốc hội, đại biểu Hội đồng nhân dân các cấp'],
    ['TQ', 'Thân nhân của quân nhân'],
    ['TA', 'Thân nhân của công an nhân dân'],
    ['TY', 'Thân nhân của người làm công tác cơ yếu'],
    ['HG', 'Người đã hiến bộ phận cơ thể'],
    ['LS', 'Người nước ngoài học tập tại Việt Nam được cấp học bổng'],
    ['HS', 'Học sinh'],
    ['SV', 'Sinh viên'],
    ['GB', 'Người thuộc hộ gia đình làm nông, lâm, ngư, diêm nghiệp có mức sống trung bình'],
    ['GD', 'Người tham gia theo hộ gia đình'],
  ],
  5: [
    ['CA', 'Sĩ quan, hạ sĩ quan, chiến sĩ công an nhân dân'],
    ['QN', 'Sĩ quan, quân nhân chuyên nghiệp, hạ sĩ quan, binh sĩ quân đội nhân dân'],
    ['CY', 'Người làm công tác cơ yếu'],
  ],
} as const;

/** Insured groups and their levels, Decision 1314/QĐ-BHXH; Decree 188/2025/NĐ-CP changes groups: edit the rows. */
export const objectRows: readonly (typeof objects.$inferInsert)[] = Object.entries(objectsOfLevel).flatMap(
  ([level, groups]) => groups.map(([code, name]) => ({ code, name, benefitLevel: Number(level) })),
);

/** Benefit levels, Decision 1351/QĐ-BHXH. */
export const benefitLevelRows: readonly (typeof benefitLevels.$inferInsert)[] = [
  { level: 1, rate: 100, hasPaymentCaps: false, coversOutsideScope: false },
  { level: 2, rate: 100, hasPaymentCaps: true, coversOutsideScope: false },
  { level: 3, rate: 95, hasPaymentCaps: true, coversOutsideScope: false },
  { level: 4, rate: 80, hasPaymentCaps: true, coversOutsideScope: false },
  { level: 5, rate: 100, hasPaymentCaps: false, coversOutsideScope: true },
];

/** Result codes of the insurer's interface, letter 1923/BHXH-CNTT. */
export const resultCodeRows: readonly (typeof resultCodes.$inferInsert)[] = [
  ['000', 'CARD_VALID', 'Thông tin thẻ chính xác'],
  ['001', 'MILITARY_CARD', 'Thẻ do BHXH Bộ Quốc phòng quản lý, đề nghị kiểm tra thẻ và giấy tờ tùy thân'],
  ['002', 'POLICE_CARD', 'Thẻ do BHXH Bộ Công an quản lý, đề nghị kiểm tra thẻ và giấy tờ tùy thân'],
  ['003', 'CARD_EXPIRED_RENEWED', 'Thẻ cũ hết giá trị sử dụng nhưng đã được cấp thẻ mới'],
  ['004', 'CARD_VALID_RENEWED', 'Thẻ cũ còn giá trị sử dụng nhưng đã được cấp thẻ mới'],
  ['010', 'CARD_EXPIRED', 'Thẻ hết giá trị sử dụng'],
  ['050', 'CARD_NOT_FOUND', 'Không thấy thông tin thẻ BHYT'],
  ['051', 'CARD_NUMBER_INVALID', 'Mã thẻ không đúng'],
  ['052', 'PROVINCE_CODE_INVALID', 'Mã tỉnh cấp thẻ (ký tự thứ 4, 5) không đúng'],
  ['053', 'BENEFIT_LEVEL_INVALID', 'Mã quyền lợi thẻ (ký tự thứ 3) không đúng'],
  ['054', 'OFFICER_NAME_NOT_REGISTERED', 'Họ tên cán bộ tra cứu chưa được đăng ký'],
  ['055', 'OFFICER_ID_NOT_REGISTERED', 'Số CCCD của cán bộ tra cứu chưa được đăng ký'],
  ['060', 'NAME_DIFFERS', 'Thẻ sai họ tên'],
  ['061', 'NAME_DIFFERS_SLIGHTLY', 'Thẻ sai họ tên (đúng ký tự đầu)'],
  ['070', 'DATE_OF_BIRTH_DIFFERS', 'Thẻ sai ngày sinh'],
  ['110', 'CARD_WITHDRAWN', 'Thẻ đã thu hồi'],
  ['120', 'REDUCED', 'Thẻ đã báo giảm'],
  ['121', 'REDUCED_MOVED_PROVINCE', 'Thẻ đã báo giảm. Giảm chuyển ngoại tỉnh'],
  ['122', 'REDUCED_MOVED_WITHIN_PROVINCE', 'Thẻ đã báo giảm. Giảm chuyển nội tỉnh'],
  ['123', 'REDUCED_REENROLLED', 'Thẻ đã báo giảm. Thu hồi do tăng lại cùng đơn vị'],
  ['124', 'REDUCED_LEFT', 'Thẻ đã báo giảm. Ngừng tham gia'],
  ['130', 'CHILD_WITHOUT_CARD', 'Trẻ em không xuất trình thẻ'],
  ['205', 'BAD_REQUEST', 'Lỗi sai định dạng tham số truyền vào'],
  ['401', 'NOT_AUTHENTICATED', 'Lỗi xác thực tài khoản'],
].map(([code = '', reason = '', note = '']) => ({ code, reason, note }));

/** Monthly base salary, VND: Decrees 72/2018, 38/2019, 24/2023 and 73/2024/NĐ-CP. */
export const baseSalaryRows: readonly (typeof baseSalaries.$inferInsert)[] = [
  { validFrom: '2018-07-01', amount: 1_390_000 },
  { validFrom: '2019-07-01', amount: 1_490_000 },
  { validFrom: '2023-07-01', amount: 1_800_000 },
  { validFrom: '2024-07-01', amount: 2_340_000 },
];
