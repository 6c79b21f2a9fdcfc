import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { EmbeddedError } from './errors.ts';

/** The operating system account that PostgreSQL runs as. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

function parsePasswd(text: string, name: string): Account | undefined {
  const line = text.split('\n').find((each) => each.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 } : undefined;
}

/**
 * PostgreSQL refuses to run as root: then the account `postgres`, else `nobody`, runs it. Undefined: as ourselves.
 * @throws EmbeddedError when root has neither.
 */
export async function chooseAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const account = parsePasswd(passwd, 'postgres') ?? parsePasswd(passwd, 'nobody');
  if (account) return account;
  throw new EmbeddedError(
    'EMBEDDED_ACCOUNT',
    'PostgreSQL does not run as root, and there is no account "postgres" or "nobody" to run it. Start as an ordinary user.',
  );
}

/** Whether the account may pass through (or, for a file, execute) this one entry. */
async function mayEnter(place: string, account: Account): Promise<boolean> {
  const { uid, gid, mode } = await stat(place);
  const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
  return (mode & bit) !== 0;
}

/** Whether the account may get to `place` and enter or execute it. Without an account: ourselves, so yes. */
export async function canReach(place: string, account: Account | undefined): Promise<boolean> {
  if (!account) return true;
  for (let each = path.resolve(place); ; each = path.dirname(each)) {
    if (!(await mayEnter(each, account))) return false;
    if (each === path.dirname(each)) return true;
  }
}
