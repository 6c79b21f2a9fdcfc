import { Kind, parse, print, visit } from 'graphql';
import { pino } from 'pino';
import { markNames, readSupergraph } from '#schema';
import { admitAnonymously } from '../../gateway/authenticate.ts';
import { startGraph, type GraphOptions } from '../../gateway/graph.ts';
import { createDoor, openDoor } from '../../gateway/server.ts';

/** Our own agencies are refused without their marks; under other names they are somebody's. */
const prefix = 'bare-';

/** The committed supergraph without its marks, over agencies of other names. */
function readBareSupergraph(): string {
  const document = parse(readSupergraph(), { noLocation: true });
  return print(
    visit(document, {
      FieldDefinition: (field) => ({
        ...field,
        directives: (field.directives ?? []).filter(
          ({ name }) => !markNames.some((mark) => mark === name.value),
        ),
      }),
      Directive: (directive) => {
        if (directive.name.value !== 'join__graph') return undefined;
        const values = directive.arguments?.map((argument) =>
          argument.name.value === 'name' && argument.value.kind === Kind.STRING
            ? { ...argument, value: { ...argument.value, value: `${prefix}${argument.value.value}` } }
            : argument,
        );
        return { ...directive, arguments: values ?? [] };
      },
    }),
  );
}

/**
 * The product's door and graph over a foreign supergraph that has nothing to protect; nobody signs in. Scalars of a
 * foreign graph are not checked at the gateway, which makes it cheaper by that much.
 */
export async function serveBareGraph(askOf: GraphOptions['askOf'], port: number): Promise<void> {
  const graph = await startGraph({
    supergraph: readBareSupergraph(),
    askOf: (name, url) => askOf(name.slice(prefix.length), url),
    ownScalars: false,
    log: pino({ base: null }),
  });
  const isReady = async (): Promise<boolean> => true;
  const door = createDoor({ graph, authenticate: admitAnonymously, isReady, pages: [], origins: [] });
  await openDoor(door, port, '127.0.0.1');
  process.once('SIGTERM', () => process.exit(0));
}
