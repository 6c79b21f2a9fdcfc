import { addYears, dayNumber, dayText, yearOf, type DayNumber } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import type { LifeEvent } from '../person.ts';

/** 1 September of the calendar year of a birthday: the school year begins. */
const autumn = (born: DayNumber, age: number): DayNumber => dayNumber(yearOf(born) + age, 9, 1);

/** School from the year of the sixth birthday, university from that of the eighteenth. */
export function tellStudy(draft: Draft): LifeEvent[] {
  const begin = autumn(draft.born, 6);
  const finish = dayNumber(yearOf(draft.born) + 18, 6, 30);
  if (begin > draft.end || addYears(draft.born, 24) < draft.end) return [];
  const school: LifeEvent = {
    kind: 'STUDIED',
    level: 'PUPIL',
    from: dayText(begin),
    to: finish <= draft.end ? dayText(finish) : null,
  };
  const university = autumn(draft.born, 18);
  if (!draft.isStudent || university > draft.end) return [school];
  return [school, { kind: 'STUDIED', level: 'STUDENT', from: dayText(university), to: null }];
}
