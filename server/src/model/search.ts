/**
 * Where something is named. The texts themselves are searched, and only blocks in whose text the name may stand are read: it
 * takes milliseconds for a hundred thousand people, and misses nothing that an index does not hold (the pool of somebody who is
 * disabled, the pool somebody moves to, people who are yet to enter the deployment).
 */
import type { Block } from '../parser/block.ts';
import type { FileContents } from './contents.ts';
import type { Deployment } from './deployment.ts';
import { occurrencesIn, occurrencesInConfiguration, type Occurrence, type Thing } from './occurrences.ts';

/** Every place of a deployment, its configuration included, that names a thing; each once. */
export function* occurrencesOf(deployment: Deployment, thing: Thing): Generator<Occurrence> {
  for (const contents of deployment.files) yield* occurrencesInFile(contents, thing);
  for (const found of occurrencesInConfiguration(deployment.configuration))
    if (isOf(found, thing)) yield found;
}

/**
 * The places of a file that name a thing, each once, in no particular order.
 * @param blocks where to look, if not everywhere
 */
export function* occurrencesInFile(
  contents: FileContents,
  thing: Thing,
  blocks: Iterable<Block> = contents.file.blocks,
): Generator<Occurrence> {
  const mayName = namedIn(thing.key);
  // What an alias or a merge key brings is written where its anchor is.
  const isShared = contents.anchors.any(({ text }) => mayName(text));
  const shared = new Map<Block, Map<number, Occurrence>>();
  for (const block of blocks) {
    if (!mayName(block.text) && !(isShared && block.text.includes('*'))) continue;
    for (const object of contents.of(block).objects) {
      for (const found of occurrencesIn(object, mayName)) {
        if (!isOf(found, thing)) continue;
        const { at } = found;
        if (!at.block.references) {
          yield found;
          continue;
        }
        const ofBlock = shared.get(at.block) ?? new Map<number, Occurrence>();
        shared.set(at.block, ofBlock);
        // The same text may define for one object what it refers to for another.
        if (found.defines || !ofBlock.has(at.start)) ofBlock.set(at.start, found);
      }
    }
  }
  for (const ofBlock of shared.values()) yield* ofBlock.values();
}

/** The places that define a thing. */
export function definitionsOf(deployment: Deployment, thing: Thing): Occurrence[] {
  const isDefinition = (found: Occurrence): boolean => found.defines && isOf(found, thing);
  const objects = deployment.namesakes(thing.section, thing.key);
  const known = objects.flatMap((object) => [...occurrencesIn(object)].filter(isDefinition));
  // People may be yet to enter the deployment, and a pool may say its name in Fqdn alone.
  return known.length > 0 ? known : [...occurrencesOf(deployment, thing)].filter(isDefinition);
}

/** Whether an occurrence names a thing. */
export function isOf(found: Thing, { section, key }: Thing): boolean {
  return found.key === key && found.section === section;
}

/**
 * A test that holds for every text in which somebody may name what has that key: one that contains the longest piece of it
 * that YAML writes as it is in every style, or that contains an escape.
 */
function namedIn(key: string): (text: string) => boolean {
  // Prefixes may be left out. A dotted capital I becomes two characters in lower case, so it is no part of a piece.
  const pieces = key.replace(/^(?:tag|service):/, '').split(/i\u0307|[^\p{Lo}\w.@-]+/u);
  const piece = pieces.reduce((longest, next) => (next.length > longest.length ? next : longest), '');
  const pattern = new RegExp(piece.replaceAll('.', '\\.'), 'iu');
  return (text) => pattern.test(text) || text.includes('\\');
}
