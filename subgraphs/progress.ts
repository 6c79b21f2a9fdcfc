import type { LoadProgress } from './load.ts';

const width = 30;
const whole = new Intl.NumberFormat('en');

function durationOf(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes > 0 ? `${minutes} min ${Math.round(seconds % 60)} s` : `${Math.ceil(seconds)} s`;
}

/** One line: a bar, the rows, the rate and the time left, as far as `elapsedMs` tells. */
export function formatProgress(progress: LoadProgress, elapsedMs: number): string {
  const { rows, steps, stepsDone, stepsResumed } = progress;
  const share = steps === 0 ? 1 : stepsDone / steps;
  const filled = Math.round(share * width);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(width - filled)}`;
  const seconds = elapsedMs / 1000;
  const left = ((steps - stepsDone) * seconds) / Math.max(1, stepsDone - stepsResumed);
  const percent = `${Math.floor(share * 100)}`.padStart(3);
  return `${bar} ${percent} %  ${whole.format(rows)} rows  ${whole.format(Math.round(rows / seconds))} rows/s  ${durationOf(left)} left`;
}

/** Shows progress on a terminal in place, elsewhere one line per ten per cent. */
export function createProgressBar(out: NodeJS.WriteStream, clock: () => number) {
  const startedMs = clock();
  let shown = -1;
  return (progress: LoadProgress): void => {
    const elapsedMs = clock() - startedMs;
    const isLast = progress.stepsDone === progress.steps;
    const mark = out.isTTY
      ? Math.floor(elapsedMs / 100)
      : Math.floor((10 * progress.stepsDone) / progress.steps);
    if (mark === shown && !isLast) return;
    shown = mark;
    const line = formatProgress(progress, elapsedMs);
    out.write(out.isTTY ? `\r\x1b[2K${line}${isLast ? '\n' : ''}` : `${line}\n`);
  };
}
