import type { SchemaObject } from 'ajv';

const text = { type: 'string', minLength: 1 } as const satisfies SchemaObject;
/** Compose specification, "Specifying durations": `5s`, `1m30s`. */
const duration = { type: 'string', pattern: '^(\\d+h)?(\\d+m)?(\\d+s)?(\\d+ms)?$', minLength: 2 } as const;
/** "Specifying byte values": `256mb`. */
const bytes = { type: 'string', pattern: '^\\d+(b|k|m|g|kb|mb|gb)$' } as const;
const words = { type: 'array', items: text, minItems: 1 } as const;
const uniqueWords = { ...words, uniqueItems: true } as const;
const name = '^[a-zA-Z0-9._-]+$';

const strict = (properties: SchemaObject, required: readonly string[] = []): SchemaObject => ({
  type: 'object',
  properties,
  required: [...required],
  additionalProperties: false,
});
const mapOf = (value: SchemaObject): SchemaObject => ({
  type: 'object',
  patternProperties: { [name]: value },
  additionalProperties: false,
});

/** "Services top-level elements", `healthcheck`: a test is a list that begins with CMD, CMD-SHELL or NONE. */
const healthcheck = strict(
  {
    test: {
      type: 'array',
      items: [{ enum: ['CMD', 'CMD-SHELL', 'NONE'] }],
      additionalItems: text,
      minItems: 1,
    },
    interval: duration,
    timeout: duration,
    retries: { type: 'integer', minimum: 1 },
    start_period: duration,
  },
  ['test', 'interval', 'timeout', 'retries'],
);

/** "Services top-level elements", `depends_on`, long syntax. */
const dependencies = mapOf(
  strict({ condition: { enum: ['service_started', 'service_healthy', 'service_completed_successfully'] } }, [
    'condition',
  ]),
);

/** "Interpolation": an address that whoever runs the stack may give, this machine's own unless they do. */
const address = '(\\d+(\\.\\d+){3}|\\$\\{[A-Z_]+:-127\\.0\\.0\\.1\\})';

/** "Services top-level elements", `ports`, short syntax with the host's address: never all interfaces unasked. */
const port = { type: 'string', pattern: `^${address}:\\d{1,5}:\\d{1,5}(/(tcp|udp))?$` } as const;

/** "Services top-level elements", `restart`. */
const restart = { type: 'string', pattern: '^(no|always|unless-stopped|on-failure(:\\d+)?)$' } as const;

/** "Services top-level elements": what docker-compose.yml uses of them, and nothing else. */
const service = strict(
  {
    image: text,
    build: text,
    command: words,
    init: { type: 'boolean' },
    restart,
    cap_drop: uniqueWords,
    security_opt: uniqueWords,
    shm_size: bytes,
    environment: {
      type: 'object',
      patternProperties: { '^[A-Z][A-Z0-9_]*$': { type: ['string', 'number'] } },
      additionalProperties: false,
    },
    networks: uniqueWords,
    ports: { type: 'array', items: port, uniqueItems: true },
    volumes: {
      type: 'array',
      items: { type: 'string', pattern: '^[a-z-]+:/[^:]+(:ro)?$' },
      uniqueItems: true,
    },
    healthcheck,
    depends_on: dependencies,
  },
  ['image', 'networks'],
);

/**
 * The part of the Compose specification (github.com/compose-spec/compose-spec) that docker-compose.yml may use, after
 * its JSON schema but stricter: no extension inside an element, no short form where the long one says more.
 */
export const composeSchema: SchemaObject = {
  type: 'object',
  properties: {
    name: { type: 'string', pattern: '^[a-z0-9][a-z0-9_-]*$' },
    services: mapOf(service),
    networks: mapOf(strict({ internal: { type: 'boolean' } })),
    volumes: mapOf(strict({})),
  },
  patternProperties: { '^x-': {} },
  required: ['name', 'services', 'networks', 'volumes'],
  additionalProperties: false,
};

export interface ComposeService {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly networks: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

export interface ComposeFile {
  readonly name: string;
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}
