/** One agency: the owner of a subgraph, its tables and its rules. */
export interface AgencyEntry {
  /** Folder under `subgraphs/`, name in the supergraph, database and role (with `_` for `-`). */
  readonly name: string;
  /** The authority that holds the data, as citizens know it. */
  readonly owner: string;
  /** Port of its own process by default. */
  readonly port: number;
}

/** THE list of agencies. Adding one is adding a line here and a folder under `subgraphs/`. */
export const agencies = [
  { name: 'population', owner: 'Bộ Công an: Cơ sở dữ liệu quốc gia về dân cư', port: 4100 },
  { name: 'residence', owner: 'Bộ Công an: đăng ký, quản lý cư trú', port: 4101 },
  { name: 'id-cards', owner: 'Bộ Công an: Cơ sở dữ liệu căn cước', port: 4102 },
  { name: 'dependants', owner: 'Bộ Tư pháp: hộ tịch và giám hộ', port: 4103 },
  { name: 'vehicles', owner: 'Bộ Công an: Cục Cảnh sát giao thông', port: 4104 },
  { name: 'health-insurance', owner: 'Bảo hiểm xã hội Việt Nam: bảo hiểm y tế', port: 4105 },
  { name: 'social-insurance', owner: 'Bảo hiểm xã hội Việt Nam: bảo hiểm xã hội', port: 4106 },
  { name: 'health-records', owner: 'Bộ Y tế: Sổ sức khỏe điện tử', port: 4107 },
  { name: 'consent', owner: 'Bộ Công an: sổ đăng ký sự đồng ý', port: 4108 },
] as const satisfies readonly AgencyEntry[];

export type AgencyName = (typeof agencies)[number]['name'];

export const agencyNames: readonly AgencyName[] = agencies.map((agency) => agency.name);

/** The environment variable that holds an agency's address: `AGENCY_ID_CARDS_URL`. */
export function urlVariableOf(name: AgencyName): string {
  return `AGENCY_${name.toUpperCase().replaceAll('-', '_')}_URL`;
}

/** The variable with the key of the caller tokens that the gateway signs for an agency: `ID_CARDS_CALLER_KEY`. */
export function callerKeyVariableOf(name: AgencyName): string {
  return `${name.toUpperCase().replaceAll('-', '_')}_CALLER_KEY`;
}
