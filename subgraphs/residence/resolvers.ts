import {
  connectionOf,
  maskName,
  pageKeyOf,
  resolveCitizenReference,
  sourceOf,
  type Agency,
  type CitizenReference,
  type PageArguments,
  type RequestContext,
} from '#kit';
import { addressText, normaliseAddress, type AddressView } from './address.ts';
import { checkConfirmation, confirmOn, type Confirmation } from './confirmation.ts';
import { householdOf } from './household.ts';
import type { Loaders } from './loaders.ts';
import { findAbode, findCurrent, statusOn } from './registration.ts';
import { isNotifiedInTime, stayDeadlineOf } from './stay-deadline.ts';
import type { Registration, ResidenceFile, Stay } from './tables.ts';

type Context = RequestContext<Loaders>;

const source = sourceOf('residence');

const currentOf =
  (type: string) =>
  async ({ citizenId }: ResidenceFile, _: unknown, { loaders, today }: Context) =>
    findCurrent(await loaders.registrations.load(citizenId), type, today);

const addressOf = (row: Registration | null): AddressView | null =>
  row && Object.assign({}, row, { asOf: row.registeredFrom });

const withSource = <Page extends object>(page: Page, { asOf, integrationStatus }: ResidenceFile) =>
  Object.assign({}, page, { asOf, integrationStatus });

async function householdOfRegistration(row: Registration, { loaders }: Context) {
  if (!row.isInHousehold) return null;
  const file = await loaders.file.load(row.citizenId);
  return file && householdOf(file);
}

async function confirm(file: ResidenceFile, { loaders, today }: Context): Promise<Confirmation> {
  return confirmOn(file, await loaders.registrations.load(file.citizenId), today);
}

async function readHistory(file: ResidenceFile, page: PageArguments, { loaders }: Context) {
  const key = pageKeyOf(file.citizenId, page);
  const rows = await loaders.history.load(key);
  return withSource(
    connectionOf(rows, key, ({ id, registeredFrom }) => ({ sort: registeredFrom, id })),
    file,
  );
}

async function readStays(file: ResidenceFile, page: PageArguments, { loaders }: Context) {
  const key = pageKeyOf(file.citizenId, page);
  const rows = await loaders.stays.load(key);
  return withSource(
    connectionOf(rows, key, ({ id, stayFrom }) => ({ sort: stayFrom, id })),
    file,
  );
}

async function checkIssued(file: ResidenceFile, issuedOn: string, { loaders, today }: Context) {
  const registrations = await loaders.registrations.load(file.citizenId);
  return checkConfirmation({ file, registrations }, issuedOn, today);
}

export const resolvers = {
  Citizen: {
    __resolveReference: resolveCitizenReference,
    residence: ({ id }: CitizenReference, _: unknown, { loaders }: Context) => loaders.file.load(id),
  },
  Residence: {
    permanent: currentOf('PERMANENT'),
    temporary: currentOf('TEMPORARY'),
    temporaryAbsence: currentOf('TEMPORARY_ABSENCE'),
    currentAbode: async ({ citizenId }: ResidenceFile, _: unknown, { loaders, today }: Context) =>
      findAbode(await loaders.registrations.load(citizenId), today),
    currentStay: async ({ citizenId }: ResidenceFile, _: unknown, { loaders }: Context) =>
      (await loaders.currentStays.load(citizenId))[0] ?? null,
    household: householdOf,
    history: (file: ResidenceFile, page: PageArguments, context: Context) => readHistory(file, page, context),
    stayNotifications: (file: ResidenceFile, page: PageArguments, context: Context) =>
      readStays(file, page, context),
    confirmation: (file: ResidenceFile, _: unknown, context: Context) => confirm(file, context),
    confirmationValidity: (file: ResidenceFile, { issuedOn }: { issuedOn: string }, context: Context) =>
      checkIssued(file, issuedOn, context),
    source,
  },
  ResidenceRegistration: {
    address: addressOf,
    household: (row: Registration, _: unknown, context: Context) => householdOfRegistration(row, context),
    relationToHead: async (row: Registration, _: unknown, context: Context) =>
      (await householdOfRegistration(row, context))?.relationToHead ?? null,
    status: (row: Registration, _: unknown, { today }: Context) => statusOn(row, today),
    source,
  },
  ResidenceRegistrationConnection: { source },
  ResidenceAddress: {
    ward: ({ wardCode, wardName }: AddressView) => ({ code: wardCode, name: wardName }),
    province: ({ provinceCode, provinceName }: AddressView) => ({ code: provinceCode, name: provinceName }),
    text: addressText,
    normalised: normaliseAddress,
  },
  ResidenceHousehold: { source },
  StayNotification: {
    address: (stay: Stay): AddressView => Object.assign({}, stay, { asOf: stay.stayFrom }),
    host: ({ hostName }: Stay) => ({ maskedName: maskName(hostName) }),
    notifyBefore: ({ arrivedAt }: Stay) => stayDeadlineOf(arrivedAt),
    isInTime: isNotifiedInTime,
    source,
  },
  StayNotificationConnection: { source },
  ResidenceConfirmation: {
    permanentAddress: ({ permanent }: Confirmation) => addressOf(permanent),
    temporaryAddress: ({ temporary }: Confirmation) => addressOf(temporary),
    currentAddress: ({ abode }: Confirmation) => addressOf(abode),
    household: ({ file }: Confirmation) => householdOf(file),
    source,
  },
  ResidenceConfirmationValidity: { source },
} satisfies Agency<Loaders>['resolvers'];
