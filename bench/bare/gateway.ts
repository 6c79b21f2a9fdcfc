import { urlVariableOf, type AgencyName } from '#schema';
import { askOverHttp } from '../../gateway/agency-source.ts';
import { readBareConfig } from '../config.ts';
import { serveBareGraph } from './graph.ts';

const { port, variable } = readBareConfig();
await serveBareGraph(
  (agency) => askOverHttp({ agency, url: variable(urlVariableOf(agency as AgencyName)) }),
  port,
);
