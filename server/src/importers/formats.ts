/** The kinds of file that hold objects of any section, in the order in which they are tried. */
import { clixml } from './clixml.ts';
import { csv } from './csv.ts';
import type { Format } from './imported.ts';
import { json } from './json.ts';
import { psYaml } from './psYaml.ts';

export const objectFormats: readonly Format[] = [clixml, json, csv, psYaml];
