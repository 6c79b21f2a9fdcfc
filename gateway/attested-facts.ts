import { isAttestation, maxDependants, maxSubjects } from '#schema';

/** What the register attested, and to which agency. */
export interface KeptFacts {
  readonly agency: string;
  /** Whose facts they are said to be. */
  readonly subject: string;
  /** JSON of the text that is attested, as it travels. */
  readonly textJson: string;
  /** The register's signature for each agency, by its name. */
  readonly macs: Readonly<Record<string, string>>;
}

/** As many as one operation may concern, with those whom each of them represents. */
const maxPeople = maxSubjects * (1 + maxDependants);
/** Of all that one operation carries, twice what 100 people with a dependant each need; for what is beyond, the register is asked. */
const maxCharacters = 524_288;

/**
 * Keeps what the register attested to one agency, for others that the same operation asks. Nothing of it is looked at
 * here: an agency believes only what the register signed for itself.
 */
export function keepAttested(
  kept: KeptFacts[],
  agency: string,
  extensions: Readonly<Record<string, unknown>> | undefined,
): void {
  const facts = extensions?.['facts'];
  if (!Array.isArray(facts)) return;
  let characters = kept.reduce((sum, { textJson }) => sum + textJson.length, 0);
  for (const each of facts) {
    if (!isAttestation(each) || kept.length >= maxPeople) return;
    const textJson = JSON.stringify(each.text);
    characters += textJson.length;
    if (characters > maxCharacters) return;
    if (kept.some(({ subject, textJson: text }) => subject === each.subject && text === textJson)) continue;
    kept.push({ agency, subject: each.subject, textJson, macs: each.macs });
  }
}

function carriedJson(agency: string, { agency: from, textJson, macs }: KeptFacts): readonly string[] {
  const mac = from !== agency && Object.hasOwn(macs, agency) ? macs[agency] : undefined;
  return mac === undefined ? [] : [`{"text":${textJson},"mac":${JSON.stringify(mac)}}`];
}

/**
 * JSON of what one agency gets of it: the texts about those it is asked about, by their `ids`, that are signed for it, but
 * for those that it told itself.
 */
export function carriedTo(
  agency: string,
  kept: readonly KeptFacts[],
  ids: readonly unknown[],
): string | undefined {
  if (kept.length === 0) return undefined;
  const asked = new Set(ids);
  const wanted = kept.filter(({ subject }) => asked.has(subject));
  const carried = wanted.flatMap((each) => carriedJson(agency, each));
  return carried.length > 0 ? `[${carried.join()}]` : undefined;
}
