import { addYears, ageOn, dayText, parseDay, type DayNumber } from '../calendar.ts';
import { chanceOf, type Draft } from '../draft.ts';
import type { LifeEvent } from '../person.ts';
import type { Random } from '../random.ts';

type Issue = Extract<LifeEvent, { kind: 'DOCUMENT_ISSUED' }>;
type DocumentType = Issue['documentType'];

interface Paper {
  readonly type: DocumentType;
  readonly on: DayNumber;
  readonly expires: DayNumber | null;
  readonly reason: Issue['reissueReason'];
}

const MILESTONES = [14, 25, 40, 60];
const BARCODE_FROM = parseDay('2016-01-01');
const CHIP_FROM = parseDay('2021-02-01');
const CARD_FROM = parseDay('2024-07-01');
const CMND_END = parseDay('2025-01-01');

/**
 * Last day of a card (Law 26/2023/QH15, Articles 19 and 21): the next birthday of 14, 25, 40 or 60 after the issue, or the
 * one after it when fewer than two years are left; `null`, without term, when none is left.
 */
export function expiryOf(issued: DayNumber, born: DayNumber): DayNumber | null {
  const index = MILESTONES.findIndex((age) => addYears(born, age) > issued);
  if (index < 0) return null;
  const birthday = addYears(born, MILESTONES[index]!);
  if (birthday >= addYears(issued, 2)) return birthday;
  const next = MILESTONES[index + 1];
  return next === undefined ? null : addYears(born, next);
}

const typeOn = (day: DayNumber): DocumentType =>
  day >= CARD_FROM
    ? 'CAN_CUOC'
    : day >= CHIP_FROM
      ? 'CCCD_CHIP'
      : day >= BARCODE_FROM
        ? 'CCCD_BARCODE'
        : 'CMND_9';

function paperOn(draft: Draft, on: DayNumber, reason: Paper['reason']): Paper {
  const type = typeOn(on);
  return { type, on, expires: type === 'CMND_9' ? addYears(on, 15) : expiryOf(on, draft.born), reason };
}

/** The day of the first card: soon after 14 as the law demands, or earlier on request. */
function drawFirst(draft: Draft, random: Random): DayNumber | null {
  const duty = addYears(draft.born, 14);
  const onRequest = ageOn(draft.born, draft.end) >= 6 ? 0.25 : 0.06;
  if (draft.end >= duty || !random.chance(onRequest))
    return duty + random.int(0, duty < BARCODE_FROM ? 700 : 90);
  const earliest = Math.max(CARD_FROM, draft.born + 60);
  return earliest < draft.end ? random.int(earliest, draft.end) : null;
}

/** When the old card is changed for another: on the change of type, at a milestone, or never yet. */
function drawNext(draft: Draft, random: Random, last: Paper): Paper {
  if (last.type === 'CMND_9') {
    const isEarly = random.chance(0.25);
    const from = isEarly ? BARCODE_FROM : CHIP_FROM;
    const on = Math.max(from + random.int(0, isEarly ? 1500 : 1400), last.on + 200);
    return paperOn(draft, on, 'TYPE_UPGRADE');
  }
  if (last.type !== 'CAN_CUOC' && random.chance(0.1)) {
    return paperOn(
      draft,
      Math.max(CARD_FROM, last.on) + random.int(30, 1500),
      random.chance(0.3) ? 'LOST' : 'TYPE_UPGRADE',
    );
  }
  if (last.expires === null) return { ...last, on: Number.MAX_SAFE_INTEGER };
  return paperOn(draft, last.expires + random.int(-25, 60), 'AGE_MILESTONE');
}

function drawPapers(draft: Draft, random: Random): Paper[] {
  const first = drawFirst(draft, random);
  const papers: Paper[] = [];
  if (first === null || first > draft.end) return papers;
  for (let paper = paperOn(draft, first, 'FIRST_ISSUE'); paper.on <= draft.end && papers.length < 8;) {
    papers.push(paper);
    paper = drawNext(draft, random, paper);
  }
  return papers;
}

function statusOf(draft: Draft, paper: Paper, next: Paper | undefined): Issue['status'] {
  if (next) return next.reason === 'LOST' ? 'LOST' : 'REPLACED';
  if (draft.died !== null) return 'REVOKED';
  const end = paper.type === 'CMND_9' ? Math.min(paper.expires ?? CMND_END, CMND_END) : paper.expires;
  return end !== null && end <= draft.today ? 'EXPIRED' : 'VALID';
}

/** One issued document; `number` is chosen by its type. */
export function issueOf(draft: Draft, paper: Paper, status: Issue['status']): Issue {
  return {
    kind: 'DOCUMENT_ISSUED',
    documentType: paper.type,
    number: paper.type === 'CMND_9' ? draft.cmnd : draft.personalId,
    on: dayText(paper.on),
    expiresOn: paper.expires === null ? null : dayText(paper.expires),
    reissueReason: paper.reason,
    status,
    residence: draft.dwelling,
  };
}

function tellElectronic(draft: Draft, random: Random, card: Paper | undefined): Issue[] {
  if (
    !card ||
    card.type === 'CMND_9' ||
    card.type === 'CCCD_BARCODE' ||
    draft.account?.level !== 2 ||
    !random.chance(0.5)
  )
    return [];
  const on = Math.max(CARD_FROM, card.on, parseDay(draft.account.registeredOn));
  if (on > draft.end) return [];
  const paper: Paper = { ...card, type: 'CAN_CUOC_DIEN_TU', on, reason: 'FIRST_ISSUE' };
  return [issueOf(draft, paper, statusOf(draft, paper, undefined))];
}

/** Every identity document ever held, by the milestones of the law; the last physical card alone may be valid. */
export function tellDocuments(draft: Draft): LifeEvent[] {
  const random = chanceOf(draft, 'documents');
  const papers = drawPapers(draft, random);
  const cards = papers.map((paper, index) =>
    issueOf(draft, paper, statusOf(draft, paper, papers[index + 1])),
  );
  return [...cards, ...tellElectronic(draft, random, papers.at(-1))];
}
