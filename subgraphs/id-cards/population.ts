import type { Address, Household, LifeEvent, Person, PopulationPlan, Unit } from '#db/population';
import { randomOf } from '#db/population';
import { provenanceOf, recordedIdentityOf, recordIdOf, type AddRow, type AgencyPopulation } from '#kit';
import { knownDocumentTypes } from './document-types.ts';
import { isNewCard } from './printed.ts';
import { cardChips, documentTypes, idCards } from './tables.ts';

type Issued = Extract<LifeEvent, { kind: 'DOCUMENT_ISSUED' }>;
type CardRow = typeof idCards.$inferInsert;

const types = new Map(knownDocumentTypes.map((type) => [type.code, type]));
const marks = ['Sẹo chấm', 'Nốt ruồi', 'Sẹo thẳng'];
const places = [
  'trên trước cánh mũi trái',
  'dưới sau mép phải',
  'trên sau đuôi mắt trái',
  'dưới trước mép trái',
];

const unitText = ({ ward, districtName, province }: Unit): string =>
  [ward.name, districtName, province.name].filter((part) => part !== null).join(', ');

const addressText = ({ line, unit }: Address): string => `${line}, ${unitText(unit)}`;

/** CMND came from the police of the province, CCCD from the Department C06, cards since 1/7/2024 from the Ministry. */
function authorityOf({ documentType, residence }: Issued): string {
  const { name } = residence.unit.province;
  if (documentType.startsWith('CMND')) return `Công an ${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  return documentType.startsWith('CCCD') ? 'Cục Cảnh sát quản lý hành chính về trật tự xã hội' : 'Bộ Công an';
}

function featuresOf({ citizenId }: Person, seed: number): string {
  const random = randomOf(seed, citizenId, 'features');
  return `${random.pick(marks)} C:${random.int(1, 4)}cm ${random.pick(places)}`;
}

/** What the person is to every card of theirs. */
function holderOf(person: Person, plan: PopulationPlan) {
  const { fullName, dateOfBirth } = recordedIdentityOf(person, 'idCards');
  const sex = person.sex === 'MALE' ? 'Nam' : 'Nữ';
  return {
    fullName,
    dateOfBirth,
    sex,
    features: featuresOf(person, plan.seed),
    ...provenanceOf(person, 'idCards', plan),
  };
}

type Holder = ReturnType<typeof holderOf>;

const numberOf = ({ identifiers }: Person, type: string, on: string): string | null =>
  identifiers.find((identifier) => identifier.type === type && identifier.validFrom <= on)?.value ?? null;

/**
 * One document as printed: origin and marks on old ones, the place of birth registration since 1/7/2024. In its QR
 * code chip cards carry the CMND, those since 1/7/2024 also a cancelled number.
 */
function cardRowOf(person: Person, issued: Issued, order: number, holder: Holder): CardRow {
  const { citizenId, hometown, placeOfBirthRegistration: birth } = person;
  const layout = types.get(issued.documentType)?.qrLayout ?? null;
  const isNew = isNewCard({ issuedOn: issued.on });
  const isDecided = issued.status !== 'VALID' && issued.status !== 'EXPIRED';
  return {
    citizenId,
    id: recordIdOf(citizenId, 'id-card', order),
    documentType: issued.documentType,
    documentNumber: issued.number,
    fullName: holder.fullName,
    dateOfBirth: holder.dateOfBirth,
    sex: holder.sex,
    nationality: person.nationality.name,
    placeOfOrigin: !isNew && hometown ? unitText(hometown) : null,
    placeOfBirthRegistration: isNew && birth ? unitText(birth) : null,
    residence: addressText(issued.residence),
    personalFeatures: isNew ? null : holder.features,
    issuedOn: issued.on,
    expiresOn: issued.expiresOn,
    issuingAuthority: authorityOf(issued),
    reissueReason: issued.reissueReason,
    decidedStatus: isDecided ? issued.status : null,
    oldNumber: layout === null ? null : numberOf(person, 'CMND9', issued.on),
    cancelledNumber: layout === 'EXTENDED' ? numberOf(person, 'CANCELLED_PERSONAL_ID', issued.on) : null,
    asOf: holder.asOf,
    integrationStatus: holder.integrationStatus,
  };
}

function addChip(person: Person, { citizenId, id }: CardRow, add: AddRow): void {
  const { otherNames, ethnicity, religion, bloodType, father, mother, spouse } = person;
  add(cardChips, {
    citizenId,
    recordId: id,
    otherNames: [...otherNames],
    ethnicityCode: ethnicity.code,
    ethnicityName: ethnicity.name,
    religionCode: religion?.code ?? null,
    religionName: religion?.name ?? null,
    bloodType,
    fatherName: father?.fullName ?? null,
    motherName: mother?.fullName ?? null,
    spouseName: spouse?.fullName ?? null,
  });
}

function addCards(person: Person, plan: PopulationPlan, add: AddRow): void {
  const issues = person.events.filter((event) => event.kind === 'DOCUMENT_ISSUED');
  if (issues.length === 0) return;
  const holder = holderOf(person, plan);
  issues.forEach((issued, order) => {
    const row = cardRowOf(person, issued, order, holder);
    add(idCards, row);
    if (types.get(row.documentType)?.hasChip) addChip(person, row, add);
  });
}

export const population: AgencyPopulation = {
  tables: [documentTypes, idCards, cardChips],
  addReferenceRows: (_, add) => knownDocumentTypes.forEach((type) => add(documentTypes, type)),
  addRows: (household: Household, plan, add) =>
    household.members.forEach(({ person }) => addCards(person, plan, add)),
};
