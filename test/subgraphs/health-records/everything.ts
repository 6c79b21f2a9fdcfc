/** Every list and paper of a citizen's health records, and most of their columns. */
export const everything = `healthRecords(first: 100) { source { agency } nodes {
  id encounterCode submissionSequence patientCode recordNumber
  patient { fullName identityNumber dateOfBirth sex bloodType nationalityCode occupationCode address provinceCode districtCode
    wardCode phone coverage { cardCode initialFacility { code name } validFrom validTo coPayExemptFrom livingArea fiveYearContinuousFrom } }
  facility { code name provinceCode } department { code name } visitType { code name } patientCategory { code name }
  admittedOn admittedAt inpatientFrom dischargedAt settledAt settlementMonth treatmentDays reason inpatientReason
  codedInpatientReason { code name } admissionDiagnosis dischargeDiagnosis mainDiagnosis { kind code text } diagnoses { kind code text }
  procedures { sequence code name performedAt }
  drugs { sequence code name strength dosageForm route unit registrationNumber groupCode dosage quantity department { name } orderedAt
    charge { unitPrice hospitalAmount insuredAmount insurerPays coPay patientPays benefitRate } }
  services { sequence code name unit groupCode quantity charge { unitPrice insuredUnitPrice hospitalAmount insurerPays coPay patientPays } }
  labResults { sequence serviceCode indicatorCode indicatorName value unit conclusion resultAt }
  progressNotes { sequence progress stage notedAt }
  discharge { archiveNumber department { name } admittedAt dischargedAt diagnosis issuedOn carers { role maskedName } pregnancyEnd { cause weeks } }
  summary { visitType { name } admittedAt admissionDiagnosis outcome course carers { role maskedName } }
  sickLeave { number employer days from to insuranceNumber }
  referral { number referredFrom { name } referredTo { name } reason { name } mainDiagnosis { code } dischargeType { code } }
  reExamination { number appointedOn isPast mainDiagnosis { code } patientCategory { name } }
  referredFrom { code } referredTo { code name } referralNumber accident { code name } treatmentMethod outcome dischargeType { code name } note
  costs { medicines supplies hospitalTotal insuredTotal patientPays coPay insurerPays otherSources reviewedInsurerPays }
  weightGrams newbornWeightsGrams reExaminationOn compartments source { agency asOf integrationStatus }
} }
healthProfile { profileNumber openedOn managingFacility { code name } fullName dateOfBirth bloodGroup rhesus mainCarer { relation maskedName }
  birth { delivery weightGrams lengthMm wasPremature } riskFactors { kind level amount compartments source { agency } }
  allergies { kind substance severity diagnosis { code } source { agency } }
  history { kind diagnosis { code name } text since compartments source { agency } }
  familyHistory { kind relation diagnosis { code name } compartments }
  immunisations { vaccine { code name } programme dose givenOn facility { name } nextDueOn isNextDue compartments source { agency } }
  examinations { examinedOn heightMm weightGrams bodyMassIndex systolicMmHg mental obstetric } source { agency asOf integrationStatus } }`;
