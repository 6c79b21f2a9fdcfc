/** Lists by subject, in one request. */
export interface BySubject<Each> {
  readonly count: () => number;
  readonly find: (subject: string | null) => Each[] | undefined;
  /** Begins the list of a subject that has none. */
  readonly begin: (subject: string | null, first: Each) => void;
}

/** Most requests are about one person, whose list needs no Map. */
export function createBySubject<Each>(): BySubject<Each> {
  let foremost: string | null | undefined;
  let list: Each[] | undefined;
  let others: Map<string | null, Each[]> | undefined;
  return {
    // Not a getter: an object with one takes a microsecond to make.
    count: () => (list ? 1 : 0) + (others?.size ?? 0),
    find: (subject) => (subject === foremost ? list : others?.get(subject)),
    begin: (subject, first) => {
      if (list) (others ??= new Map()).set(subject, [first]);
      else {
        foremost = subject;
        list = [first];
      }
    },
  };
}
