import { agencyNames, gatewayIssuer, registerIssuer, type AgencyName } from '#schema';

const prefixOf = (name: string): string => name.toUpperCase().replaceAll('-', '_');

/** The variable with the password of an agency's role, for servers whose roles are shared out by hand. */
export function passwordVariableOf(name: AgencyName): string {
  return `${prefixOf(name)}_DB_PASSWORD`;
}

/** The variable with the URL of an agency's database, in a process that several agencies share. */
export function databaseUrlVariableOf(name: AgencyName): string {
  return `${prefixOf(name)}_DATABASE_URL`;
}

/** The variable with the port of an agency, in a process that several agencies share. */
export function portVariableOf(name: AgencyName): string {
  return `${prefixOf(name)}_PORT`;
}

type OtherAgency = Exclude<AgencyName, typeof registerIssuer>;

/** Who asks the register from another process. */
export type RegisterAsker = OtherAgency | typeof gatewayIssuer;

/** Whether an agency has the register elsewhere; `consent` keeps it. */
export const isOther = (name: AgencyName): name is OtherAgency => name !== registerIssuer;

/** Every other agency, and the gateway: each shares a key with the register. */
export const registerAskers: readonly RegisterAsker[] = [...agencyNames.filter(isOther), gatewayIssuer];

/** The variable with the key that the register shares with one asker, outside that asker's process. */
export function registerKeyVariableOf(asker: RegisterAsker): string {
  return `${prefixOf(asker)}_REGISTER_KEY`;
}
