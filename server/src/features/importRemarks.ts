/** What there is to say about an import, as a page. */
import type { Remark } from '../importers/imported.ts';
import { placeOf } from '../importers/outcome.ts';
import { code, plain, table } from './markdown.ts';

type Said = Pick<Remark, 'message' | 'origin'>;

const headings: readonly (readonly [kind: Remark['kind'], heading: string])[] = [
  ['missing', 'What the files refer to and do not have'],
  ['left out', 'Left out'],
  ['changed', 'There in another form'],
  ['hint', 'Good to know'],
];

/** So many of a kind are shown: the page is for people. */
const mostShown = 200;

/**
 * @param title what is above it
 * @param failures why files could not be read to the end
 * @returns Markdown; `undefined` where there is nothing to say
 */
export function remarksPage(
  title: string,
  failures: readonly Said[],
  remarks: readonly Remark[],
): string | undefined {
  if (failures.length === 0 && remarks.length === 0) return undefined;
  const parts = [
    ...part('Not read to the end', failures),
    ...headings.flatMap(([kind, heading]) =>
      part(
        heading,
        remarks.filter((remark) => remark.kind === kind),
      ),
    ),
  ];
  return `${[`# ${plain(title)}`, ...parts].join('\n\n')}\n`;
}

function part(heading: string, said: readonly Said[]): string[] {
  if (said.length === 0) return [];
  const rows = said.slice(0, mostShown).map(({ message, origin }) => [code(placeOf(origin)), plain(message)]);
  const more = said.length - rows.length;
  return [
    `## ${heading}`,
    table(['Where', 'What'], rows),
    ...(more > 0 ? [`And ${more} more: \`lync-lint import\` prints them all.`] : []),
  ];
}
