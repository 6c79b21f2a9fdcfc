import { examplePersonalId, profileQuery } from './explorer/profile-query.ts';

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

/** A command that can be pasted into a shell: the whole profile of one persona. */
export function formatExample(url: string): string {
  const body = JSON.stringify({ query: oneLine(profileQuery), variables: { personalId: examplePersonalId } });
  return `curl -s ${url} -H 'content-type: application/json' -d '${body}'`;
}

/** What `npm start` ends with: where it runs, who is in it, and a query to paste. */
export function formatWelcome({ host, port, personas }: Welcome): string {
  const url = `http://${host}:${port}/graphql`;
  return [
    '',
    `Personas of the synthetic population (${personas.length}):`,
    formatPersonas(personas),
    '',
    'A whole profile from eight agencies, to paste into another terminal:',
    '',
    formatExample(url),
    '',
    `Graph     ${url}`,
    `Explorer  http://${host}:${port}/`,
    'Ctrl-C stops everything, the database included.',
  ].join('\n');
}
