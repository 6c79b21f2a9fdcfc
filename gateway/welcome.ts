import { examplePersonalId, examplePersona, profileQuery } from './explorer/profile-query.ts';

interface Persona {
  readonly name: string;
  readonly personalId: string;
  readonly level: number;
  readonly note: string;
}

export interface Welcome {
  readonly host: string;
  readonly port: number;
  readonly personas: readonly Persona[];
  /** Data directory of the development issuer's key; `null`: another issuer signs people in. */
  readonly tokenDir: string | null;
}

const usualDir = '.data';
const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** The command that prints an access token, for the same key as this process's. */
function tokenCommand(dataDir: string, request: string): string {
  const prefix = dataDir === usualDir ? '' : `DATA_DIR=${quote(dataDir)} `;
  return `${prefix}npm run --silent token -- ${request}`;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

function formatPersonas(personas: readonly Persona[]): string {
  const width = Math.max(...personas.map(({ name }) => name.length));
  return personas
    .map(
      ({ name, personalId, level, note }) =>
        `  ${name.padEnd(width)}  ${personalId}  level ${level}  ${note}`,
    )
    .join('\n');
}

/** A command that can be pasted into a shell: the whole profile of one persona, who asks for it. */
export function formatExample(url: string, tokenDir: string | null): string {
  const body = JSON.stringify({ query: oneLine(profileQuery), variables: { personalId: examplePersonalId } });
  const token = tokenDir === null ? '$ACCESS_TOKEN' : `$(${tokenCommand(tokenDir, examplePersona)})`;
  return `curl -s ${url} -H "authorization: Bearer ${token}" -H 'content-type: application/json' -d '${body}'`;
}

const appRequest = 'stranger --app bank-loans --purpose loan-assessment';

function formatSignIn(tokenDir: string | null): string {
  if (tokenDir === null) return 'Access tokens come from the configured issuer (ISSUER).';
  return `As an app, by one of its officers (reads what people consented to): ${tokenCommand(tokenDir, appRequest)}`;
}

/** What `npm start` ends with: where it runs, who is in it, and a query to paste. */
export function formatWelcome({ host, port, personas, tokenDir }: Welcome): string {
  const url = `http://${host}:${port}/graphql`;
  return [
    '',
    `Personas of the synthetic population (${personas.length}):`,
    formatPersonas(personas),
    '',
    'A whole profile from eight agencies, asked for by the citizen, to paste into another terminal:',
    '',
    formatExample(url, tokenDir),
    '',
    formatSignIn(tokenDir),
    '',
    `Graph     ${url}`,
    `Explorer  http://${host}:${port}/`,
    'Ctrl-C stops everything, the database included.',
  ].join('\n');
}
