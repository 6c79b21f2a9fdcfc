import type postgres from 'postgres';
import { connect, type LaneSettings } from './connection.ts';
import { DatabaseError, leavesConnectionUsable, publicError } from './errors.ts';

export type Send<T> = (connection: postgres.Sql) => PromiseLike<T>;

/**
 * One connection, one statement at a time, thrown away at its first fault. The driver pipelines, and a parameter
 * it cannot encode then shifts the answers of later statements; it also hangs or throws out of reach when it
 * writes to a connection that died (porsager/postgres 1066, 1154, 1208). Neither can happen here.
 */
export interface Lane {
  readonly isBroken: () => boolean;
  /**
   * Settles within `answerMs`. A statement that is then still running keeps the lane until the lane's own limit
   * (`hangMs`) passes. `whenFree` is called once, when the next statement may run or the lane has broken.
   */
  run<T>(send: Send<T>, answerMs: number, hangMs: number, whenFree: () => void): Promise<T>;
  close(): Promise<void>;
}

type Break = (fault: DatabaseError) => void;

/** Opens a lane; the connection itself is made by the first statement. `onBroken` is called once. */
export function openLane(settings: LaneSettings, onBroken: Break): Lane {
  const state = { isBroken: false, isClosing: false, interrupt: (() => {}) as Break };
  const breakWith: Break = (fault) => {
    if (state.isBroken || state.isClosing) return;
    state.isBroken = true;
    void connection.drop(0);
    state.interrupt(fault);
    onBroken(fault);
  };
  const connection = connect(settings, () => breakWith(connectionClosed()));
  const run: Lane['run'] = (send, answerMs, hangMs, whenFree) => {
    if (state.isBroken) return Promise.reject(connectionClosed());
    return new Promise((resolve, reject) => {
      const finish = startLimits({ answerMs, hangMs, reject, breakWith }, () => {
        state.interrupt = () => {};
        whenFree();
      });
      const fail = (error: unknown): void => {
        if (!leavesConnectionUsable(error)) breakWith(publicError(error));
        finish(() => reject(publicError(error)));
      };
      state.interrupt = (fault) => finish(() => reject(fault));
      attempt(send, connection.sql).then((answer) => finish(() => resolve(answer)), fail);
    });
  };
  const close = (): Promise<void> => {
    state.isClosing = true;
    return connection.drop(settings.limitMs / 1000);
  };
  return { isBroken: () => state.isBroken, run, close };
}

function connectionClosed(): DatabaseError {
  return new DatabaseError('DATABASE_UNAVAILABLE', { reason: 'CONNECTION_CLOSED' });
}

function attempt<T>(send: Send<T>, sql: postgres.Sql): PromiseLike<T> {
  try {
    return send(sql);
  } catch (error) {
    return Promise.reject(error);
  }
}

interface Limits {
  readonly answerMs: number;
  readonly hangMs: number;
  readonly reject: Break;
  readonly breakWith: Break;
}

/** Starts both clocks of one statement. What it returns stops them and settles, the first time it is called. */
function startLimits(limits: Limits, onOver: () => void): (settle: () => void) => void {
  const { answerMs, hangMs, reject, breakWith } = limits;
  const giveUp = (): void => {
    const timeOut = new DatabaseError('DATABASE_TIMEOUT', { reason: 'TIME_LIMIT' });
    reject(timeOut);
    if (hangMs > answerMs) timer = setTimeout(breakWith, hangMs - answerMs, timeOut);
    else breakWith(timeOut);
  };
  let timer = setTimeout(giveUp, answerMs);
  let isOver = false;
  return (settle) => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    settle();
    onOver();
  };
}
