// Run as a process of its own: starts the server, says so, and leaves it on SIGINT.
import { startEmbedded } from '#db/embedded';

const [dataDir = '', port] = process.argv.slice(2);
try {
  const server = await startEmbedded({ dataDir, ...(port ? { port: Number(port) } : {}) });
  process.once('SIGINT', () => void server.stop().then(() => process.exit(0)));
  setInterval(() => {}, 60_000);
  process.stdout.write(
    `${JSON.stringify({ port: server.port, warm: server.warm, adminUrl: server.adminUrl })}\n`,
  );
} catch (error) {
  const { code, message } = error as { code?: string; message: string };
  process.stdout.write(`${JSON.stringify({ code, message })}\n`);
}
