/** A row as JSON in the order of its columns and without blanks, as `JSON.stringify` writes it. */
const row = (columns: string, rest = ''): string =>
  `(select row_to_json(r) from (select ${columns} ${rest}) r)`;
const list = (columns: string, rest: string): string =>
  `array_to_json(array(select row_to_json(r) from (select ${columns} ${rest}) r))`;

const today = '$2::date';

const permanent = row(
  `${row(`g.line, ${row('g.ward_code as code, g.ward_name as name')} as ward,
    ${row('g.province_code as code, g.province_name as name')} as province`)} as address,
   g.registered_from as "registeredFrom"`,
  `from residence.residence_registrations g where g.citizen_id = n.citizen_id and g.type = 'PERMANENT'
     and (g.registered_to is null or g.registered_to > ${today}) and (g.valid_until is null or g.valid_until >= ${today})
   order by g.registered_from desc, g.id desc limit 1`,
);

const residence = row(
  `${permanent} as permanent,
   case when f.relation_to_head is not null and f.member_since is not null then
     ${row('f.relation_to_head as "relationToHead", jsonb_array_length(f.other_members) + 1 as "memberCount"')}
   end as household`,
  'from residence.residence_files f where f.citizen_id = n.citizen_id',
);

const cardStatus = `case when c.decided_status is not null then c.decided_status
  when c.expires_on < ${today} or t.ended_from <= ${today} then 'EXPIRED' else 'VALID' end`;

/** The current one first, then the newest. */
const idCards = list(
  `"documentType", "documentNumber", "issuedOn", "expiresOn", status`,
  `from (select *, row_number() over (order by (status = 'VALID') desc, is_physical desc, "issuedOn" desc, id desc) as rank
    from (select c.document_type as "documentType", c.document_number as "documentNumber", c.issued_on as "issuedOn",
        c.expires_on as "expiresOn", ${cardStatus} as status, t.is_physical, c.id
      from id_cards.id_cards c join id_cards.document_types t on t.code = c.document_type
      where c.citizen_id = n.citizen_id) cards) ranked
   order by (rank = 1 and status = 'VALID') desc, "issuedOn" desc, id desc`,
);

/** Until 14 years, or as registered; adult wards as registered alone. */
const isListed = `d.valid_from <= ${today} and (case
  when d.relation in ('WARD_ADULT_INCAPACITATED', 'WARD_ADULT_COGNITIVE')
    or (d.basis <> 'PARENTAL' and add_years(d.born_on, 18) <= d.valid_from) then d.valid_to is null or ${today} < d.valid_to
  else ${today} < least(d.valid_to, add_years(d.born_on, 14)) end)`;

const nameOf = (table: string): string =>
  `concat_ws(' ', ${table}.surname, ${table}.middle_name, ${table}.given_name)`;

const dependants = list(
  `d.relation, d.basis, ${row(
    `${nameOf('p')} as "fullName", p.date_of_birth as "dateOfBirth"`,
    'from population.citizens p where p.citizen_id = d.dependant_id',
  )} as citizen`,
  `from dependants.dependants d where d.citizen_id = n.citizen_id and ${isListed} order by d.born_on, d.record_id`,
);

const ofLicence = 'k.citizen_id = l.citizen_id and k.record_id = l.record_id';

const drivingLicences = list(
  `l.number,
   ${list(
     'k.code, k.expires_on as "expiresOn"',
     `from vehicles.driving_licence_classes k where ${ofLicence} order by k.passed_on, k.code, k.scheme`,
   )} as classes,
   case when exists (select from vehicles.point_events k where ${ofLicence})
     then points_on(l.citizen_id, l.record_id, ${today}) else 12 end as points,
   coalesce(l.restraint, case when exists (select from vehicles.driving_licence_classes k
     where ${ofLicence} and (k.expires_on is null or k.expires_on >= ${today})) then 'VALID' else 'EXPIRED' end) as status`,
  'from vehicles.driving_licences l where l.citizen_id = n.citizen_id order by l.issued_on desc, l.record_id',
);

const isDisposed = `coalesce(v.disposed_on <= ${today}, false)`;

const vehicles = list(
  `v.plate_number as "plateNumber", v.plate_colour as "plateColour", v.brand, v.model,
   case when ${isDisposed} then 'REVOKED' else v.status end as status`,
  `from vehicles.vehicle_registrations v where v.citizen_id = n.citizen_id
   order by ${isDisposed}, v.registered_on desc, v.record_id`,
);

/** The newest that has begun, else the first that will begin. */
const healthInsurance = row(
  `k.card_number as "cardNumber", k.benefit_level as "benefitLevel",
   ${row('f.code, f.name')} as "initialFacility", k.valid_from as "validFrom", k.valid_to as "validTo"`,
  `from health_insurance.cards k join health_insurance.facilities f on f.code = k.facility_code
   where k.citizen_id = n.citizen_id
   order by k.valid_from > ${today}, case when k.valid_from <= ${today} then k.valid_from end desc,
     case when k.valid_from <= ${today} then k.id end desc, k.valid_from, k.id limit 1`,
);

const monthCount = (month: string): string => `(left(${month}, 4)::int * 12 + right(${month}, 2)::int)`;
const lastMonth = `least(p.to_month, to_char(p.as_of at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM'), to_char(${today}, 'YYYY-MM'))`;

const socialInsurance = row(
  `(select coalesce(sum(greatest(${monthCount(lastMonth)} - ${monthCount('p.from_month')} + 1, 0)), 0)::int
      from social_insurance.periods p where p.citizen_id = n.citizen_id
        and p.scheme in ('SI_COMPULSORY', 'SI_VOLUNTARY') and p.payment_status in ('PAID', 'RESERVED')) as "totalMonths",
   ${row(
     `${list(
       `p.scheme, p.from_month as "fromMonth", p.to_month as "toMonth",
        case when p.employer_code is not null then ${row('p.employer_name as name')} end as employer,
        p.salary_base as "salaryBase"`,
       `from social_insurance.periods p where p.citizen_id = n.citizen_id
        order by p.from_month desc, p.id desc limit 10`,
     )} as nodes`,
   )} as periods`,
  'from social_insurance.files f where f.citizen_id = n.citizen_id',
);

const outcomes = `(array['RECOVERED','IMPROVED','UNCHANGED','WORSE','DIED','SENT_HOME_GRAVE','UNDETERMINED','DIED_OUTSIDE'])`;
const nameIn = (catalogue: string, code: string): string =>
  `(select e.name from health_records.catalogue_entries e where e.catalogue = '${catalogue}' and e.code = ${code})`;
const cursor = `(select translate(encode(convert_to('["' || q.admitted_on || '","' || q.visit_id || '"]', 'UTF8'), 'base64'), '+/=', '-_')
  from page q where q.at <= 10 order by q.at desc limit 1)`;

/** Ten visits that belong to no compartment, and whether there are more. */
const healthRecords = `(with page as materialized (
    select v.admitted_on, v.visit_id, v.facility_code, v.main_diagnosis_code, v.outcome_code,
      row_number() over (order by v.admitted_on desc, v.visit_id desc) as at
    from health_records.visits v where v.citizen_id = n.citizen_id and v.compartments = '{}'
    order by v.admitted_on desc, v.visit_id desc limit 11)
  ${row(
    `${list(
      `v.admitted_on as "admittedOn", ${row(`${nameIn('FACILITY', 'v.facility_code')} as name`)} as facility,
       ${row(`v.main_diagnosis_code as code, ${nameIn('ICD10', 'v.main_diagnosis_code')} as text`)} as "mainDiagnosis",
       ${outcomes}[v.outcome_code] as outcome`,
      'from page v where v.at <= 10 order by v.at',
    )} as nodes,
     ${row(`exists (select from page where at = 11) as "hasNextPage", ${cursor} as "endCursor"`)} as "pageInfo"`,
  ).replace(/^\(|\)$/g, '')})`;

/** The whole profile as text, by number and day; no row for a number of nobody. */
export const profileStatement = `select ${row(
  `n.citizen_id as id, ${nameOf('c')} as "fullName", c.date_of_birth as "dateOfBirth", c.sex,
   ${residence} as residence, ${idCards} as "idCards", ${dependants} as dependants,
   ${drivingLicences} as "drivingLicences", ${vehicles} as vehicles, ${healthInsurance} as "healthInsurance",
   ${socialInsurance} as "socialInsurance", ${healthRecords} as "healthRecords"`,
)}::text as profile
from population.personal_numbers n join population.citizens c on c.citizen_id = n.citizen_id where n.value = $1`;
