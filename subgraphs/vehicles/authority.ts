import type { Address, Household, Person } from '#db/population';

/** Licences moved from the transport departments to the police (Resolution 190/2025/QH15; Circular 12/2025/TT-BCA). */
const policeIssueLicencesFrom = '2025-03-01';
/** Commune police register motorcycles (Circular 15/2022/TT-BCA). */
const communesRegisterFrom = '2022-05-21';

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
const shortProvince = (address: Address): string =>
  address.unit.province.name.replace(/^(Tỉnh|Thành phố) /u, '');
const provincePolice = ({ unit }: Address): string =>
  unit.province.name.startsWith('Thành phố')
    ? `Công an ${lowerFirst(unit.province.name)}`
    : `Công an tỉnh ${unit.province.name.replace(/^Tỉnh /u, '')}`;

/** Where somebody was registered on a day; the dwelling when no registration reaches back so far. */
export function addressOn(person: Person, household: Household, day: string): Address {
  let latest: Address | null = null;
  for (const event of person.events) {
    if (event.kind === 'RESIDED' && event.type === 'PERMANENT' && event.from <= day) latest = event.address;
  }
  return latest ?? household.dwelling;
}

/** Line, ward, district of the old scheme, province. */
export function addressText({ line, unit }: Address): string {
  const parts = [line, unit.ward.name, unit.districtName, unit.province.name];
  return parts.filter((part) => part !== null).join(', ');
}

/** Who issued a licence on that day. */
export function licenceAuthorityOf(address: Address, issuedOn: string): string {
  return issuedOn < policeIssueLicencesFrom
    ? `Sở Giao thông vận tải ${shortProvince(address)}`
    : `Phòng Cảnh sát giao thông, ${provincePolice(address)}`;
}

/** Who registered a vehicle on that day. */
export function vehicleAuthorityOf(address: Address, vehicleType: string, on: string): string {
  return vehicleType === 'MOTORCYCLE' && on >= communesRegisterFrom
    ? `Công an ${lowerFirst(address.unit.ward.name)}, ${shortProvince(address)}`
    : `Phòng Cảnh sát giao thông, ${provincePolice(address)}`;
}
