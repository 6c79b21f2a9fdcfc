/** The profile query: one citizen from all agencies. Other programs rely on every name in it. */
export const profileQuery = `query Profile($personalId: PersonalId!) {
  citizen(personalId: $personalId) {
    id fullName dateOfBirth sex
    residence { permanent { address { line ward { code name } province { code name } } registeredFrom } household { relationToHead memberCount } }
    idCards { documentType documentNumber issuedOn expiresOn status }
    dependants { relation basis citizen { fullName dateOfBirth } }
    drivingLicences { number classes { code expiresOn } points status }
    vehicles { plateNumber plateColour brand model status }
    healthInsurance { cardNumber benefitLevel initialFacility { code name } validFrom validTo }
    socialInsurance { totalMonths periods(first: 10) { nodes { scheme fromMonth toMonth employer { name } salaryBase } } }
    healthRecords(first: 10) { nodes { admittedOn facility { name } mainDiagnosis { code text } outcome } pageInfo { hasNextPage endCursor } }
  }
}
`;

/** Name of the persona whose profile the examples show. */
export const examplePersona = 'nguyen-van-an';

/** Their personal number: synthetic, with something in every category. */
export const examplePersonalId = '099085990101';
