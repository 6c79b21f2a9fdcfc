import type { FactKey } from '#schema';

/** Readers that have a number at one time. */
const maxReaders = 10_000;

type ByCaller = Map<string, string>;
type ByPurpose = Map<string | null, ByCaller>;

/**
 * Makes a text of each key: two questions are the same when their texts are. Readers are many fewer than questions, so each
 * gets a short number; a number is never given twice, and one that was forgotten only means that its facts are read anew.
 */
export function createKeyText(): (key: FactKey) => string {
  const readers = new Map<string, ByPurpose>();
  let last = 0;
  let held = 0;
  const add = ({ clientId, purpose, callerId }: FactKey): string => {
    if (held >= maxReaders) {
      readers.clear();
      held = 0;
    }
    held += 1;
    last += 1;
    const ofClient: ByPurpose = readers.get(clientId) ?? new Map();
    const ofPurpose: ByCaller = ofClient.get(purpose) ?? new Map();
    readers.set(clientId, ofClient.set(purpose, ofPurpose.set(callerId, ` ${last}`)));
    return ` ${last}`;
  };
  /** Agencies of one operation ask about the same subject one after the other. */
  let made = { subject: '', reader: '', text: '' };
  return (key) => {
    const { subject } = key;
    const reader = readers.get(key.clientId)?.get(key.purpose)?.get(key.callerId) ?? add(key);
    if (made.subject !== subject || made.reader !== reader)
      made = { subject, reader, text: subject + reader };
    return made.text;
  };
}
