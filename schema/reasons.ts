/** The public codes of a refusal by access control. */
export type RefusalCode =
  | 'UNAUTHENTICATED'
  | 'LEVEL_TOO_LOW'
  | 'CONSENT_REQUIRED'
  | 'FORBIDDEN'
  | 'CONSENT_UNDECIDABLE'
  | 'TOO_MANY_SUBJECTS';

interface Sentence {
  readonly en: string;
  readonly vi: string;
}

export interface RefusalReason {
  readonly code: RefusalCode;
  /** What happened. */
  readonly what: Sentence;
  /** What to do next. */
  readonly howTo: Sentence;
}

/** THE table of reasons: why a field was refused and what to do next, in English and Vietnamese. */
export const reasons = {
  NOT_SIGNED_IN: {
    code: 'UNAUTHENTICATED',
    what: { en: 'Nobody is signed in.', vi: 'Chưa đăng nhập.' },
    howTo: {
      en: 'Send an access token in the header "authorization: Bearer …".',
      vi: 'Gửi mã truy cập trong tiêu đề "authorization: Bearer …".',
    },
  },
  CALLER_TOKEN_INVALID: {
    code: 'UNAUTHENTICATED',
    what: {
      en: 'The gateway does not vouch for this request.',
      vi: 'Yêu cầu không được cổng xác thực.',
    },
    howTo: {
      en: 'Ask through the gateway; for tests of an agency make a token with npm run caller-token.',
      vi: 'Gửi yêu cầu qua cổng; khi kiểm thử cơ quan, tạo mã bằng npm run caller-token.',
    },
  },
  TOKEN_INVALID: {
    code: 'UNAUTHENTICATED',
    what: {
      en: 'The access token is not valid: it is malformed, expired or not meant for this graph.',
      vi: 'Mã truy cập không hợp lệ: sai định dạng, đã hết hạn hoặc không dành cho dịch vụ này.',
    },
    howTo: {
      en: 'Obtain a new access token and send it in the header "authorization: Bearer …" and nowhere else.',
      vi: 'Lấy mã truy cập mới và chỉ gửi trong tiêu đề "authorization: Bearer …".',
    },
  },
  LEVEL_TOO_LOW: {
    code: 'LEVEL_TOO_LOW',
    what: {
      en: 'This needs an e-ID account of a higher level.',
      vi: 'Dữ liệu này yêu cầu tài khoản định danh điện tử mức độ cao hơn.',
    },
    howTo: {
      en: 'Sign in again at the level that the field asks for (acr urn:vn:eid:level:2 for integrated categories).',
      vi: 'Đăng nhập lại bằng tài khoản định danh điện tử mức độ 2.',
    },
  },
  NO_CONSENT: {
    code: 'CONSENT_REQUIRED',
    what: {
      en: 'There is no right to read this: no consent and no other basis.',
      vi: 'Không có quyền đọc dữ liệu này: chưa có sự đồng ý và không có căn cứ nào khác.',
    },
    howTo: {
      en: 'Ask for consent with requestConsent, for a registered purpose, and try again once it is given.',
      vi: 'Gửi yêu cầu đồng ý bằng requestConsent cho một mục đích đã đăng ký, và thử lại sau khi được đồng ý.',
    },
  },
  CONSENT_EXPIRED: {
    code: 'CONSENT_REQUIRED',
    what: { en: 'The consent has expired or was used.', vi: 'Sự đồng ý đã hết hạn hoặc đã được sử dụng.' },
    howTo: {
      en: 'Ask for a new consent with requestConsent.',
      vi: 'Gửi yêu cầu đồng ý mới bằng requestConsent.',
    },
  },
  CONSENT_WITHDRAWN: {
    code: 'CONSENT_REQUIRED',
    what: { en: 'The consent was withdrawn.', vi: 'Sự đồng ý đã được rút lại.' },
    howTo: {
      en: 'Stop using the data. Ask anew with requestConsent only if there is a new need.',
      vi: 'Ngừng sử dụng dữ liệu. Chỉ gửi yêu cầu đồng ý mới khi có nhu cầu mới.',
    },
  },
  CHILD_CO_CONSENT_REQUIRED: {
    code: 'CONSENT_REQUIRED',
    what: {
      en: 'The child must consent, too.',
      vi: 'Cần có sự đồng ý của chính trẻ em.',
    },
    howTo: {
      en: 'Let the child consent to the same request with their own account.',
      vi: 'Để trẻ em đồng ý với cùng yêu cầu bằng tài khoản của mình.',
    },
  },
  SUBJECT_LOCKED: {
    code: 'FORBIDDEN',
    what: {
      en: "The citizen's account does not rest on an active e-ID at the moment: sign-ins and consents are suspended.",
      vi: 'Tài khoản định danh điện tử của công dân không hoạt động: đăng nhập và sự đồng ý bị tạm dừng.',
    },
    howTo: {
      en: 'The citizen can have the account unlocked at the police; the consents then hold again.',
      vi: 'Công dân đề nghị mở khóa tài khoản tại cơ quan Công an; sau đó sự đồng ý có hiệu lực trở lại.',
    },
  },
  PURPOSE_MISMATCH: {
    code: 'FORBIDDEN',
    what: {
      en: 'The access token names no purpose that is registered for this client.',
      vi: 'Mã truy cập không nêu mục đích đã đăng ký cho ứng dụng này.',
    },
    howTo: {
      en: 'Obtain a token for one registered purpose (authorization_details of type citizen-data).',
      vi: 'Lấy mã truy cập cho một mục đích đã đăng ký (authorization_details loại citizen-data).',
    },
  },
  FIELD_NOT_IN_PURPOSE: {
    code: 'FORBIDDEN',
    what: {
      en: 'The registered purpose does not cover this field.',
      vi: 'Mục đích đã đăng ký không bao gồm trường dữ liệu này.',
    },
    howTo: {
      en: 'Leave the field out, or have the purpose registered with its scope.',
      vi: 'Bỏ trường này, hoặc đăng ký bổ sung phạm vi cho mục đích.',
    },
  },
  CLIENT_UNKNOWN: {
    code: 'FORBIDDEN',
    what: {
      en: 'The client of the access token is not registered or is suspended.',
      vi: 'Ứng dụng của mã truy cập chưa được đăng ký hoặc đã bị tạm dừng.',
    },
    howTo: {
      en: 'Have the client registered with the consent register.',
      vi: 'Đăng ký ứng dụng tại cơ quan quản lý sự đồng ý.',
    },
  },
  CASE_NUMBER_REQUIRED: {
    code: 'FORBIDDEN',
    what: {
      en: 'A purpose that rests on a statute needs a case number and the registered statute.',
      vi: 'Mục đích theo luật định cần có số hồ sơ vụ việc và căn cứ pháp luật đã đăng ký.',
    },
    howTo: {
      en: 'Obtain a token whose authorization_details carry caseNumber and legalReference.',
      vi: 'Lấy mã truy cập có caseNumber và legalReference trong authorization_details.',
    },
  },
  NOT_REPRESENTATIVE: {
    code: 'FORBIDDEN',
    what: {
      en: 'The representation of this person has ended.',
      vi: 'Quan hệ đại diện cho người này đã chấm dứt.',
    },
    howTo: {
      en: 'If this is wrong, ask the civil status office to correct the record.',
      vi: 'Nếu không đúng, đề nghị cơ quan hộ tịch đính chính.',
    },
  },
  STATISTICS_ONLY: {
    code: 'FORBIDDEN',
    what: {
      en: 'Analysts and auditors never see a person.',
      vi: 'Người phân tích và kiểm toán không được xem dữ liệu của cá nhân.',
    },
    howTo: {
      en: 'Read the schema and its descriptions; auditors use the registers.',
      vi: 'Xem lược đồ và mô tả; kiểm toán viên sử dụng các sổ đăng ký.',
    },
  },
  ROLE_MISSING: {
    code: 'FORBIDDEN',
    what: {
      en: 'This is not for callers of this kind.',
      vi: 'Chức năng này không dành cho người gọi thuộc loại này.',
    },
    howTo: {
      en: 'Read the description of the field: it says who may use it.',
      vi: 'Xem mô tả của trường để biết ai được sử dụng.',
    },
  },
  AGENCY_UNAVAILABLE: {
    code: 'CONSENT_UNDECIDABLE',
    what: {
      en: 'Whether this may be shown cannot be decided at the moment.',
      vi: 'Hiện không thể xác định quyền đọc dữ liệu này.',
    },
    howTo: { en: 'Try again in a few seconds.', vi: 'Thử lại sau vài giây.' },
  },
  STALE: {
    code: 'CONSENT_UNDECIDABLE',
    what: {
      en: 'The facts for the decision are too old.',
      vi: 'Thông tin để quyết định đã quá cũ.',
    },
    howTo: { en: 'Try again in a few seconds.', vi: 'Thử lại sau vài giây.' },
  },
  NOT_FOUND: {
    code: 'FORBIDDEN',
    what: {
      en: 'The register does not know the person who signed in.',
      vi: 'Không tìm thấy người đăng nhập trong cơ sở dữ liệu.',
    },
    howTo: {
      en: 'Sign in again; if it stays so, contact the police of your residence.',
      vi: 'Đăng nhập lại; nếu vẫn vậy, liên hệ Công an nơi cư trú.',
    },
  },
  NOT_INTEGRATED: {
    code: 'FORBIDDEN',
    what: {
      en: 'The account behind the consent is no longer at the level that this data needs.',
      vi: 'Tài khoản đã đồng ý không còn ở mức độ mà dữ liệu này yêu cầu.',
    },
    howTo: {
      en: 'The citizen can raise the account to level 2 at the police.',
      vi: 'Công dân nâng tài khoản lên mức độ 2 tại cơ quan Công an.',
    },
  },
  SUBJECT_LIMIT: {
    code: 'TOO_MANY_SUBJECTS',
    what: {
      en: 'One operation may concern at most 100 people.',
      vi: 'Một yêu cầu chỉ được liên quan tối đa 100 người.',
    },
    howTo: { en: 'Ask for fewer people at once.', vi: 'Giảm số người trong một yêu cầu.' },
  },
  SUBJECT_BUDGET: {
    code: 'TOO_MANY_SUBJECTS',
    what: {
      en: 'This client has asked for too many people in a short time.',
      vi: 'Ứng dụng đã hỏi quá nhiều người trong thời gian ngắn.',
    },
    howTo: {
      en: 'Wait for the given number of seconds and ask for fewer people.',
      vi: 'Chờ hết số giây được nêu và giảm số người.',
    },
  },
} as const satisfies Readonly<Record<string, RefusalReason>>;

export type Reason = keyof typeof reasons;

export function isReason(text: unknown): text is Reason {
  return typeof text === 'string' && Object.hasOwn(reasons, text);
}
