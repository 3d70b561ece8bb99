import { clixml } from './clixml.ts';
import { csv } from './csv.ts';
import type { Format } from './imported.ts';
import { json } from './json.ts';
import { psYaml } from './psYaml.ts';
import { publishedTopology } from './publishedTopology.ts';
import { topologyBuilder } from './topologyBuilder.ts';

/** Every kind of file that is imported, in the order in which they are tried. */
export const formats: readonly Format[] = [topologyBuilder, publishedTopology, clixml, json, csv, psYaml];
