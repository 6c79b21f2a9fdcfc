/** An address with its units flat, as both tables hold it. */
export interface AddressColumns {
  readonly line: string;
  readonly scheme: string;
  readonly wardCode: string;
  readonly wardName: string;
  readonly districtName: string | null;
  readonly provinceCode: string;
  readonly provinceName: string;
  readonly mappingStatus: string;
  readonly newWardCode: string | null;
  readonly newWardName: string | null;
  readonly newProvinceCode: string | null;
  readonly newProvinceName: string | null;
}

/** An address as the graph shows it. */
export interface AddressView extends AddressColumns {
  /** Day it was recorded. */
  readonly asOf: string;
}

/** First day of the two-tier units (Resolution 202/2025/QH15). */
const newUnitsFrom = '2025-07-01';

const noMapping = {
  newWardCode: null,
  newWardName: null,
  newProvinceCode: null,
  newProvinceName: null,
} as const;

/** `line, ward, district, province`; before 1/7/2025 with the district. */
export function addressText({ line, wardName, districtName, provinceName }: AddressColumns): string {
  return [line, wardName, districtName, provinceName].filter((part) => part !== null).join(', ');
}

/** The same place in today's units: itself when it is written in them, `null` when that is not known. */
export function normaliseAddress(address: AddressView): AddressView | null {
  if (address.scheme === 'POST_2025_07') return address;
  const { newWardCode, newWardName, newProvinceCode, newProvinceName } = address;
  if (!newWardCode || !newWardName || !newProvinceCode || !newProvinceName) return null;
  return {
    ...address,
    ...noMapping,
    scheme: 'POST_2025_07',
    wardCode: newWardCode,
    wardName: newWardName,
    districtName: null,
    provinceCode: newProvinceCode,
    provinceName: newProvinceName,
    asOf: address.asOf > newUnitsFrom ? address.asOf : newUnitsFrom,
  };
}
