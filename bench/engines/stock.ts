import { readFileSync } from 'node:fs';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { readServerConfig } from '../config.ts';

const { port, variable } = readServerConfig();
const supergraphSdl = readFileSync(variable('SUPERGRAPH'), 'utf8');
const server = new ApolloServer({ gateway: new ApolloGateway({ supergraphSdl }) });
await startStandaloneServer(server, { listen: { port, host: '127.0.0.1' } });
process.once('SIGTERM', () => process.exit(0));
