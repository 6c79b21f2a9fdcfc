import type { Address, Coded, Day, Instant, Month, PersonRef } from './terms.ts';

export type HealthCompartment = 'HIV' | 'MENTAL' | 'REPRODUCTIVE' | 'SUBSTANCE' | 'GENETIC';

/** What happened, oldest first. A day or month is never before the birth, after the death or after the date of the population. */
export type LifeEvent =
  | {
      readonly kind: 'RESIDED';
      readonly type: 'PERMANENT' | 'TEMPORARY' | 'STAY' | 'TEMPORARY_ABSENCE' | 'CURRENT_ABODE';
      readonly address: Address;
      readonly from: Day;
      /** `null`: still so. */
      readonly to: Day | null;
      readonly removalReason:
        | 'DIED'
        | 'SETTLED_ABROAD'
        | 'CANCELLED'
        | 'ABSENT_12_MONTHS'
        | 'LOST_DWELLING'
        | 'REGISTERED_ELSEWHERE'
        | null;
      /** Stays: why (lý do lưu trú); otherwise `null`. */
      readonly reason: string | null;
      /** Stays: the host's name; otherwise `null`. */
      readonly hostName: string | null;
    }
  | {
      readonly kind: 'DOCUMENT_ISSUED';
      readonly documentType:
        | 'CMND_9'
        | 'CMND_12'
        | 'CCCD_BARCODE'
        | 'CCCD_CHIP'
        | 'CAN_CUOC'
        | 'GIAY_CHUNG_NHAN_CAN_CUOC'
        | 'CAN_CUOC_DIEN_TU';
      readonly number: string;
      readonly on: Day;
      /** `null`: without term. */
      readonly expiresOn: Day | null;
      readonly reissueReason:
        | 'FIRST_ISSUE'
        | 'AGE_MILESTONE'
        | 'NAME_CHANGE'
        | 'DAMAGE'
        | 'LOST'
        | 'TYPE_UPGRADE'
        | 'ADMIN_UNIT_CHANGE';
      /** As on the date of the population. At most one physical card of a person is `VALID`. */
      readonly status: 'VALID' | 'EXPIRED' | 'REPLACED' | 'LOST' | 'REVOKED' | 'HELD';
      /** Where the holder lived when it was issued, as printed. */
      readonly residence: Address;
    }
  | {
      /** On the dependant: who represents them. The same fact is not repeated on the guardian. */
      readonly kind: 'REPRESENTED';
      readonly guardian: PersonRef;
      readonly relation:
        | 'CHILD_BIOLOGICAL'
        | 'CHILD_ADOPTED'
        | 'GRANDCHILD'
        | 'SIBLING'
        | 'NIECE_NEPHEW'
        | 'WARD_ADULT_INCAPACITATED'
        | 'WARD_ADULT_COGNITIVE'
        | 'OTHER';
      readonly basis:
        'PARENTAL' | 'GUARDIAN_BY_LAW' | 'GUARDIAN_APPOINTED' | 'GUARDIAN_BY_COURT' | 'GUARDIAN_CHOSEN';
      /** Decision or registration number; `null` for a parent. */
      readonly documentNo: string | null;
      readonly registeredBy: string;
      readonly from: Day;
      /** `null`: until it ends by age or law. Set: custody or guardianship was ended on that day. */
      readonly to: Day | null;
    }
  | {
      readonly kind: 'STUDIED';
      readonly level: 'PUPIL' | 'STUDENT';
      readonly from: Day;
      readonly to: Day | null;
    }
  | {
      readonly kind: 'EMPLOYED';
      readonly from: Month;
      /** Last month, inclusive; `null`: still so. */
      readonly to: Month | null;
      /** `null`: voluntary participation (BHXH tự nguyện). */
      readonly employer: (Coded & { readonly provinceCode: string }) | null;
      readonly jobTitle: string;
      readonly hazardous: boolean;
      /** Monthly contribution base, VND. */
      readonly salaryBase: number;
      readonly payment: 'PAID' | 'LATE' | 'UNPAID' | 'RESERVED' | 'WITHDRAWN';
    }
  | {
      readonly kind: 'BENEFIT_GRANTED';
      readonly benefit:
        | 'SICKNESS'
        | 'MATERNITY'
        | 'RETIREMENT'
        | 'SURVIVOR'
        | 'LUMP_SUM'
        | 'UNEMPLOYMENT'
        | 'OCC_ACCIDENT'
        | 'SOCIAL_PENSION'
        | 'VOLUNTARY_MATERNITY';
      readonly from: Day;
      readonly to: Day | null;
      /** VND: monthly for pensions, whole otherwise. */
      readonly amount: number;
      readonly monthly: boolean;
    }
  | {
      /** A spell of health insurance under one object code (đối tượng). The spells of a person do not overlap. */
      readonly kind: 'INSURED';
      readonly objectCode: string;
      readonly from: Day;
      /** Last day of cover. */
      readonly to: Day;
      readonly facility: Facility;
      /** `ACTIVE` or why it ended early, after the result codes of the insurer (110 withdrawn … 124 reduced). */
      readonly status: 'ACTIVE' | 'EXPIRED' | 'WITHDRAWN' | 'REPORTED_LOST' | 'REDUCED';
      readonly livingArea: 'K1' | 'K2' | 'K3' | null;
    }
  | {
      readonly kind: 'LICENSED';
      readonly scheme: 'LAW_2008' | 'LAW_2024';
      /** One licence may carry several classes; the ones of one number go together. */
      readonly number: string;
      readonly classCode: string;
      readonly passedOn: Day;
      readonly expiresOn: Day | null;
      readonly status: 'VALID' | 'EXPIRED' | 'SUSPENDED' | 'TEMPORARILY_HELD' | 'REVOKED';
      readonly conditions: string | null;
    }
  | {
      readonly kind: 'POINTS_DEDUCTED';
      readonly licenceNumber: string;
      readonly points: number;
      readonly on: Day;
      readonly violationCode: string;
      readonly decisionNo: string;
    }
  | {
      readonly kind: 'VEHICLE_REGISTERED';
      readonly vehicle: Vehicle;
      readonly plateNumber: string;
      readonly on: Day;
      /** Day it was sold or scrapped; the plate then stays with its owner for five years (biển số định danh). */
      readonly disposedOn: Day | null;
      readonly disposal: 'SOLD' | 'SCRAPPED' | null;
      readonly status: 'ACTIVE' | 'REVOKED' | 'TRANSFER_PENDING' | 'LOST';
      readonly previousOwner: PersonRef | null;
    }
  | Visit;

export interface Vehicle {
  readonly type: 'CAR' | 'MOTORCYCLE' | 'TRUCK';
  readonly plateColour: 'BLUE_WHITE' | 'RED_WHITE' | 'YELLOW_BLACK' | 'WHITE_BLACK' | 'WHITE_RED';
  readonly brand: string;
  readonly model: string;
  readonly paintColour: string;
  readonly engineNo: string;
  /** ISO 3779, 17 characters. */
  readonly chassisNo: string;
  readonly yearOfManufacture: number;
  readonly seats: number;
  readonly engineCapacityCc: number | null;
  readonly powerKw: number | null;
  readonly payloadKg: number | null;
  readonly cleanEnergy: boolean;
}

/** A health-care facility (cơ sở KCB): five-digit code, two of the province and three of its own. */
export interface Facility extends Coded {
  readonly provinceCode: string;
}

/** One visit (đợt khám, chữa bệnh). */
export interface Visit {
  readonly kind: 'VISITED';
  readonly admittedAt: Instant;
  readonly dischargedAt: Instant | null;
  readonly facility: Facility;
  readonly department: Coded;
  /** `ma_loai_kcb`, two digits. */
  readonly visitType: string;
  /** ICD-10 code and Vietnamese text. */
  readonly mainDiagnosis: Coded;
  readonly otherDiagnoses: readonly Coded[];
  /** Labels of the row, not only of the diagnosis: the drug list or the department may tell as much. */
  readonly compartments: readonly HealthCompartment[];
  /** `ket_qua_dtri`, 1–8. */
  readonly outcome: number;
  /** Paid by health insurance; then it lies within an `INSURED` spell. */
  readonly insured: boolean;
}
