/** What the register read of one person, with its word for each agency that it is its own. */
export interface Attestation {
  /** Opaque id of the person, for whoever hands it on; what is believed is in the text. */
  readonly subject: string;
  /** JSON of an `AttestedRead`. */
  readonly text: string;
  /** By the agency's name. */
  readonly macs: Readonly<Record<string, string>>;
}

/** The same on its way to one agency. */
export interface CarriedFacts {
  readonly text: string;
  readonly mac: string;
}

/** The longest text that anybody looks at. */
export const maxAttestedLength = 262_144;

const isText = (value: unknown): value is string => typeof value === 'string';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isAttestedText = (value: unknown): boolean => isText(value) && value.length <= maxAttestedLength;

export const isAttestation = (value: unknown): value is Attestation =>
  isObject(value) &&
  isText(value['subject']) &&
  isAttestedText(value['text']) &&
  isObject(value['macs']) &&
  Object.values(value['macs']).every(isText);

export const isCarriedFacts = (value: unknown): value is CarriedFacts =>
  isObject(value) && isAttestedText(value['text']) && isText(value['mac']);
