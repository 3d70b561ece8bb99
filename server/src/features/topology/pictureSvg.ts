/** The picture as SVG: without scripts, without anything that would be fetched, in the colours of the editor's theme. */
import type { Link, LinkKind } from '../../model/landscape.ts';
import type { LyncObject } from '../../model/object.ts';
import type { Answer } from './pictureAnswers.ts';
import { layOut, type Box, type Point, type Route, type Shelf } from './pictureLayout.ts';
import { style } from './pictureStyle.ts';
import type { PoolCard } from './poolCard.ts';
import { toLocation } from '../lsp/positions.ts';
import { counted } from '../../model/wording.ts';
import { escaped, shortened } from './xml.ts';

export interface FrameCard {
  readonly name: string;
  readonly about: string;
  readonly object: LyncObject | undefined;
  readonly more: number;
}

export interface Picture {
  readonly title: string;
  readonly totals: string;
  readonly answers: readonly Answer[];
  readonly frames: readonly FrameCard[];
  readonly shelves: readonly Shelf[];
  readonly moreSites: number;
  readonly cards: ReadonlyMap<string, PoolCard>;
  readonly links: readonly Link[];
  readonly nameOf: (key: string) => string;
}

const edge = 24;
const answerTop = 78;
const answerLines = 6;
const answerHeight = 44 + answerLines * 17;
const framesTop = answerTop + answerHeight + 30;
/** Room for four lines. */
const legendHeight = 124;
/** So that the answers stand beside each other. */
const narrowest = 1080;

export function drawn(picture: Picture): string {
  const { title, totals, frames, moreSites } = picture;
  const layout = layOut(picture.shelves, picture.links, framesTop);
  const width = Math.max(narrowest, layout.width);
  const left =
    moreSites > 0 ? `${counted(moreSites, 'more site')} left out: the picture has no room for them.` : '';
  const legendTop = layout.height + (left === '' ? 0 : 24);
  const height = legendTop + legendHeight;
  const edges = [...layout.boxes].filter(([key]) => picture.cards.get(key)?.pool.kind === 'edge');
  const parts = [
    `<rect class="paper" width="${width}" height="${height}"/>`,
    text('title', edge, 36, shortened(title, 80)),
    text('totals', edge, 60, shortened(totals, Math.floor((width - 2 * edge) / 6.6))),
    ...picture.answers.map((answer, index) => answerBox(answer, index, picture.answers.length, width)),
    ...layout.frames.flatMap((box, index) => {
      const frame = frames[index];
      return frame ? [`<rect class="frame" ${boxOf(box)} rx="10"/>`] : [];
    }),
    ...edges.map(([, box]) => wayIn(box, layout.frames)),
    ...layout.routes.map((route) => line(route, picture)),
    ...layout.frames.flatMap((box, index) => {
      const frame = frames[index];
      return frame ? [frameWords(frame, box)] : [];
    }),
    ...Array.from(layout.boxes, ([key, box]) => {
      const card = picture.cards.get(key);
      return card ? pool(card, box) : '';
    }),
    left === '' ? '' : text('about', edge, layout.height + 4, left),
    legend(legendTop, width),
  ];
  const summary = [totals, ...picture.answers.map(({ question, lines }) => `${question} ${lines.join(' ')}`)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="lync" role="img" aria-labelledby="lync-title lync-desc" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title id="lync-title">${escaped(title)}</title>`,
    `<desc id="lync-desc">${escaped(summary.join('\n'))}</desc>`,
    `<style>${style}</style>`,
    ...parts.filter((part) => part !== ''),
    '</svg>',
  ].join('\n');
}

function answerBox({ question, lines }: Answer, index: number, count: number, width: number): string {
  const space = 16;
  const own = (width - 2 * edge - (count - 1) * space) / count;
  const x = Math.round(edge + index * (own + space));
  const shown = lines.length > answerLines ? lines.slice(0, answerLines - 1) : lines;
  const rest = lines.slice(shown.length);
  const most = Math.floor((own - 28) / 6.3);
  return [
    '<g class="answer">',
    `<title>${escaped([question, ...lines].join('\n'))}</title>`,
    `<rect x="${x}" y="${answerTop}" width="${Math.round(own)}" height="${answerHeight}" rx="6"/>`,
    text('question', x + 14, answerTop + 25, shortened(question, most)),
    ...shown.map((words, row) => text('line', x + 14, answerTop + 48 + row * 17, shortened(words, most))),
    ...(rest.length > 0
      ? [text('about', x + 14, answerTop + 48 + shown.length * 17, `and ${rest.length} more`)]
      : []),
    '</g>',
  ].join('');
}

function frameWords({ name, about, object, more }: FrameCard, box: Box): string {
  const shown = shortened(name, 34);
  const room = Math.floor((box.width - 36) / 6.6) - Array.from(shown).length - 2;
  const words = `<text class="site" x="${box.x + 16}" y="${box.y + 26}">${escaped(shown)}<tspan class="about" dx="10">${escaped(shortened(about, Math.max(8, room)))}</tspan></text>`;
  const at = object && toLocation(object.at);
  const titled = `<g><title>${escaped(`${name}\n${about}`)}</title>${words}</g>`;
  const foot =
    more > 0
      ? text(
          'about',
          box.x + 16,
          box.y + box.height - 12,
          `and ${counted(more, 'more pool')} that the picture has no room for`,
        )
      : '';
  return `${at ? linked(`${at.uri}#L${at.range.start.line + 1}`, titled) : titled}${foot}`;
}

function pool(card: PoolCard, box: Box): string {
  const { factor, lockdown, tooltip, href } = card;
  const isAsking = factor?.asked === 'all';
  const isLarge = box.height > 60;
  const open = lockdown !== undefined && lockdown.length > 0;
  const classes = ['pool', card.pool.kind, isAsking ? 'two' : '', open ? 'open' : ''];
  const x = box.x + 14;
  const words = (row: number): number => box.y + 20 + row * 16.5;
  const lines = isLarge ? card.lines : [card.lines.join(' ')];
  const content = [
    `<title>${escaped(tooltip)}</title>`,
    `<rect class="box" ${boxOf(box)} rx="6"/>`,
    isAsking ? `<rect class="bar" x="${box.x}" y="${box.y}" width="6" height="${box.height}" rx="3"/>` : '',
    text('name', x, isLarge ? words(0) : box.y + 16, shortened(card.pool.name, 28)),
    ...lines
      .slice(0, 2)
      .map((line, row) => text('line', x, isLarge ? words(row + 1) : box.y + 31, shortened(line, 34))),
    ...(isLarge ? [signs(card, x, words(3), words(4))] : []),
  ];
  const group = `<g class="${classes.filter((name) => name !== '').join(' ')}" data-pool="${escaped(card.pool.key)}">${content.join('')}</g>`;
  return href === undefined ? group : linked(href, group);
}

/** Whether and how a second factor is asked for, and how far everything else is locked. */
function signs({ factor, lockdown }: PoolCard, x: number, first: number, second: number): string {
  const parts: string[] = [];
  if (factor?.asked === 'all' || factor?.asked === 'some')
    parts.push(badge(x, first, factor.asked), text('line', x + 36, first, shortened(factor.short, 28)));
  else if (factor) parts.push(text('about', x, first, factor.short));
  if (lockdown?.length === 0)
    parts.push(tick(x, second), text('line', x + 18, second, 'lockdown: no finding'));
  if (lockdown && lockdown.length > 0)
    parts.push(
      warning(x, second),
      text('line strong', x + 18, second, `lockdown: ${counted(lockdown.length, 'finding')}`),
    );
  return parts.join('');
}

function badge(x: number, y: number, asked: 'all' | 'some'): string {
  return `<g class="badge ${asked}"><rect x="${x}" y="${y - 11}" width="30" height="14" rx="7"/>${text('badge-words', x + 15, y - 0.5, '2FA')}</g>`;
}

function tick(x: number, y: number): string {
  return `<path class="tick" d="M${x + 1} ${y - 4}l4 4l7 -8"/>`;
}

function warning(x: number, y: number): string {
  return `<path class="warning" d="M${x + 6.5} ${y - 11}l6.5 12h-13z"/><path class="mark" d="M${x + 6.5} ${y - 6.5}v3.5m0 1.2v1.4"/>`;
}

/** Somebody outside, and the arrow to an Edge pool. */
function wayIn(box: Box, frames: readonly Box[]): string {
  const frame = frames.find(
    ({ x, y, width, height }) => box.x > x && box.x < x + width && box.y > y && box.y < y + height,
  );
  if (!frame) return '';
  // Not behind another Edge pool, where there are so many that they fill columns.
  const isFirst = box.x - frame.x < box.width / 2;
  if (!isFirst) return '';
  const y = box.y + box.height / 2;
  const [start, end] = [
    { x: frame.x - 40, y },
    { x: box.x, y },
  ];
  return `<g class="link outside"><title>From outside</title><path d="${pathOf([start, end])}"/>${arrow(start, end)}${text('about', frame.x - 46, y - 6, 'outside')}</g>`;
}

const linkWords: Readonly<Record<LinkKind, string>> = {
  nextHop: 'hands those who come in from outside to',
  edge: 'uses the Edge pool',
  backup: 'has as its backup',
  branch: 'has contacts and meetings on',
};

function line({ link, points }: Route, { nameOf }: Picture): string {
  const { kind, from, to, mutual } = link;
  const words = `${nameOf(from)} ${linkWords[kind]} ${nameOf(to)}${mutual && kind === 'backup' ? ', and the other way round' : ''}`;
  const [last, before] = [points.at(-1), points.at(-2)];
  const [first, second] = points;
  const heads = [
    last && before && kind !== 'edge' ? arrow(before, last) : '',
    first && second && mutual && kind === 'backup' ? arrow(second, first) : '',
  ];
  return `<g class="link ${kind}" data-from="${escaped(from)}" data-to="${escaped(to)}"><title>${escaped(words)}</title><path d="${pathOf(points)}"/>${heads.join('')}</g>`;
}

/** A line through some points, with round corners. */
function pathOf(points: readonly Point[]): string {
  const parts: string[] = [];
  for (const [index, point] of points.entries()) {
    const [before, after] = [points[index - 1], points[index + 1]];
    if (!before) parts.push(`M${point.x} ${point.y}`);
    else if (!after) parts.push(`L${point.x} ${point.y}`);
    else {
      const [start, end] = [towards(point, before), towards(point, after)];
      parts.push(`L${start.x} ${start.y}Q${point.x} ${point.y} ${end.x} ${end.y}`);
    }
  }
  return parts.join('');
}

/** Where a corner begins to be round. */
function towards(corner: Point, other: Point): Point {
  const [dx, dy] = [other.x - corner.x, other.y - corner.y];
  const radius = Math.min(6, (Math.abs(dx) + Math.abs(dy)) / 2);
  return { x: corner.x + Math.sign(dx) * radius, y: corner.y + Math.sign(dy) * radius };
}

function arrow(from: Point, { x, y }: Point): string {
  const by = 7 * Math.sign(x - from.x || 1);
  return `<path class="head" d="M${x} ${y}l${-by} -4v8z"/>`;
}

function legend(top: number, width: number): string {
  const sample = (name: string, x: number, y: number): string => {
    const [start, end] = [
      { x, y: y - 4 },
      { x: x + 34, y: y - 4 },
    ];
    return `<g class="link ${name}"><path d="${pathOf([start, end])}"/>${name === 'edge' ? '' : arrow(start, end)}</g>`;
  };
  const entries: readonly (readonly [draw: (x: number, y: number) => string, words: string])[] = [
    [(x, y) => badge(x, y, 'all'), 'everybody is asked for a second factor, and how'],
    [(x, y) => badge(x, y, 'some'), 'only users with TwoFactorAuthentication of their own'],
    [(x, y) => warning(x + 12, y), 'locked half-way: a password may do'],
    [(x, y) => tick(x + 12, y), 'no finding about passive authentication'],
    [sample.bind(undefined, 'outside'), 'from outside to an Edge pool, and on to its next hop'],
    [sample.bind(undefined, 'edge'), 'a pool uses this Edge pool'],
    [sample.bind(undefined, 'backup'), 'backup pool'],
    [sample.bind(undefined, 'branch'), 'branch to its central pool'],
  ];
  const parts: string[] = [];
  let [x, y] = [edge, top + 20];
  for (const [draw, words] of entries) {
    const own = 42 + words.length * 6.6;
    if (x > edge && x + own > width - edge) [x, y] = [edge, y + 28];
    parts.push(draw(x, y), text('line', x + 42, y, words));
    x = Math.round(x + own + 24);
  }
  return `<g class="legend">${parts.join('')}</g>`;
}

function text(name: string, x: number, y: number, words: string): string {
  return `<text class="${name}" x="${x}" y="${y}">${escaped(words)}</text>`;
}

function boxOf({ x, y, width, height }: Box): string {
  return `x="${x}" y="${y}" width="${width}" height="${height}"`;
}

/** Something as a link. What a client could take for the end of an address is escaped in it. */
function linked(address: string, inner: string): string {
  const href = address.replaceAll(/[&<>"'\s]/g, (character) =>
    encodeURIComponent(character).replace("'", '%27'),
  );
  return `<a href="${escaped(href)}">${inner}</a>`;
}
