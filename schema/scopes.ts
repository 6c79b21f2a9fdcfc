/** A kind of data that a purpose, a grant or a statute may name. */
export interface ScopeEntry {
  readonly en: string;
  readonly vi: string;
  /** Sensitive personal data (Decree 356/2025/NĐ-CP Art. 4): the citizen is told so before consenting. */
  readonly isSensitive: boolean;
  /** Part of another scope that needs a consent of its own (domain of the health records). */
  readonly compartmentOf?: string;
}

/** THE list of scopes of personal data. No grant, purpose or statute may name anything else. */
export const scopes = {
  PERSONAL_INFORMATION: { en: 'Personal information', vi: 'Thông tin cá nhân', isSensitive: false },
  PERSONAL_SENSITIVE: {
    en: 'Ethnicity, religion, blood type',
    vi: 'Dân tộc, tôn giáo, nhóm máu',
    isSensitive: true,
  },
  RESIDENCE: { en: 'Residence', vi: 'Thông tin cư trú', isSensitive: true },
  ID_CARDS: { en: 'Identity cards and their history', vi: 'Lịch sử căn cước', isSensitive: true },
  DEPENDANTS: { en: 'Dependants and representatives', vi: 'Người phụ thuộc', isSensitive: true },
  DRIVING_LICENCE: { en: 'Driving licence and points', vi: 'Giấy phép lái xe', isSensitive: true },
  VEHICLES: { en: 'Vehicles and plates', vi: 'Đăng ký xe', isSensitive: false },
  HEALTH_INSURANCE: { en: 'Health insurance', vi: 'Bảo hiểm y tế', isSensitive: true },
  SOCIAL_INSURANCE: { en: 'Social insurance', vi: 'Bảo hiểm xã hội', isSensitive: true },
  HEALTH_RECORDS: { en: 'Health records', vi: 'Sổ sức khỏe điện tử', isSensitive: true },
  'HEALTH_RECORDS.HIV': {
    en: 'Health records: HIV',
    vi: 'Sổ sức khỏe điện tử: HIV',
    isSensitive: true,
    compartmentOf: 'HEALTH_RECORDS',
  },
  'HEALTH_RECORDS.MENTAL': {
    en: 'Health records: mental health',
    vi: 'Sổ sức khỏe điện tử: sức khỏe tâm thần',
    isSensitive: true,
    compartmentOf: 'HEALTH_RECORDS',
  },
  'HEALTH_RECORDS.REPRODUCTIVE': {
    en: 'Health records: reproductive health',
    vi: 'Sổ sức khỏe điện tử: sức khỏe sinh sản',
    isSensitive: true,
    compartmentOf: 'HEALTH_RECORDS',
  },
  'HEALTH_RECORDS.SUBSTANCE': {
    en: 'Health records: substance use',
    vi: 'Sổ sức khỏe điện tử: sử dụng chất gây nghiện',
    isSensitive: true,
    compartmentOf: 'HEALTH_RECORDS',
  },
  'HEALTH_RECORDS.GENETIC': {
    en: 'Health records: genetics',
    vi: 'Sổ sức khỏe điện tử: di truyền',
    isSensitive: true,
    compartmentOf: 'HEALTH_RECORDS',
  },
} as const satisfies Readonly<Record<string, ScopeEntry>>;

/** A scope that a purpose or grant may name. */
export type Scope = keyof typeof scopes;

export const scopeNames = Object.keys(scopes) as readonly Scope[];

export function isScope(text: unknown): text is Scope {
  return typeof text === 'string' && Object.hasOwn(scopes, text);
}

/**
 * What a mark may name besides: `ANY`, a basis for at least one scope (root fields that lead to a citizen); `OWN_CONSENTS`,
 * the citizen's own dealings with the register, which no purpose can cover; `REGISTER_AUDIT`, the pseudonymous registers
 * for auditors.
 */
export const specialScopes = ['ANY', 'OWN_CONSENTS', 'REGISTER_AUDIT'] as const;

export type MarkScope = Scope | (typeof specialScopes)[number];

export function isMarkScope(text: unknown): text is MarkScope {
  return isScope(text) || specialScopes.some((special) => special === text);
}

const compartmentPrefix = 'HEALTH_RECORDS.';

/** The compartments of the health records as their rows are labelled: `HIV`, `MENTAL`, … */
export const healthCompartments: readonly string[] = scopeNames
  .filter((scope) => scope.startsWith(compartmentPrefix))
  .map((scope) => scope.slice(compartmentPrefix.length));

/** `HIV` is guarded by `HEALTH_RECORDS.HIV`. */
export function compartmentScopeOf(compartment: string): Scope {
  const scope = `${compartmentPrefix}${compartment}`;
  if (isScope(scope)) return scope;
  throw new TypeError('No scope guards this compartment.');
}

const emergencyScopes: ReadonlySet<string> = new Set<Scope>([
  'PERSONAL_INFORMATION',
  'HEALTH_INSURANCE',
  'HEALTH_RECORDS',
]);

/** What a clinician may open in an emergency (Law 91/2025/QH15 Art. 19): to treat, no compartment. */
export function isEmergencyScope(scope: string): scope is Scope {
  return emergencyScopes.has(scope);
}
