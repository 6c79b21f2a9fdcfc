// Run as a process of its own by survive.test.ts: an error is thrown where nobody can catch it.
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { surviveDriverFaults } from '#db';

const [url = '', thrower] = process.argv.slice(2);
surviveDriverFaults((fault) => process.stdout.write(`survived ${fault.name} `));

async function throwInDriver(): Promise<void> {
  const sql = postgres(url, { onnotice: () => {} });
  const work = sql.begin(async (tx) => {
    const [row] = await tx`select pg_backend_pid() as pid`;
    await sql`select pg_terminate_backend(${row?.['pid'] as number})`;
    await sleep(100);
    await tx`select 1`;
  });
  await work.catch(() => {});
}

function throwInOurs(): void {
  throw new TypeError('our own mistake');
}

if (thrower === 'driver') await throwInDriver();
else setImmediate(throwInOurs);
await sleep(300);
process.stdout.write('alive');
process.exit(0);
