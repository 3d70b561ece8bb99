/**
 * Where everything goes in a picture of sites and pools. Lengths are in user units of the SVG, which are pixels at first.
 *
 * Sites are frames in rows that wrap. In a frame pools stand in columns, those that come first on the way in on the left. Between
 * columns, rows and frames there are gutters, and lines run in these alone: so no line crosses a box.
 */
import type { Link } from '../../model/landscape.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A site before it has a place: its pools by column. */
export interface Shelf {
  readonly columns: readonly Column[];
  /** How many pools do not fit. */
  readonly more: number;
}

export interface Column {
  /** Small boxes are as high as two of them and a gap make one large. */
  readonly isSmall: boolean;
  readonly keys: readonly string[];
}

export interface Route {
  readonly link: Link;
  readonly points: readonly Point[];
}

export interface Layout extends Size {
  readonly frames: readonly Box[];
  readonly boxes: ReadonlyMap<string, Box>;
  readonly routes: readonly Route[];
}

export const large: Size = { width: 228, height: 98 };
/** Between boxes that stand on each other. */
const gap = 22;
export const small: Size = { width: large.width, height: (large.height - gap) / 2 };
/** Between columns, and right of the last. */
const gutter = 56;
export const frameHead = 48;
const frameFoot = 28;
const frameLeft = 30;
/** Between frames beside each other, where arrows from outside begin; between rows of frames, where lines run. */
const between = { x: 76, y: 60 };
/** Left of the first frame, and right of the last, where lines run between rows that are far apart. */
const margin = 76;
/** A row of frames wraps here. */
const widest = 1330;
const narrowestFrame = 400;

interface Spot {
  readonly box: Box;
  readonly frame: Box;
  readonly row: number;
  readonly column: number;
}

/** @param top the room to leave above the first frame */
export function layOut(shelves: readonly Shelf[], links: readonly Link[], top: number): Layout {
  const frames: Box[] = [];
  const spots = new Map<string, Spot>();
  let y = top;
  let row = 0;
  for (const shelvesOfRow of inRows(shelves)) {
    const height = Math.max(...shelvesOfRow.map(heightOf));
    let x = margin;
    for (const shelf of shelvesOfRow) {
      const frame = { x, y, width: widthOf(shelf), height };
      frames.push(frame);
      for (const [key, box, column] of boxesIn(shelf, frame)) spots.set(key, { box, frame, row, column });
      x += frame.width + between.x;
    }
    y += height + between.y;
    row++;
  }
  const right = Math.max(0, ...frames.map((frame) => frame.x + frame.width));
  const routes = new Router(spots, right).all(links);
  return {
    width: right + margin,
    height: y,
    frames,
    boxes: new Map(Array.from(spots, ([key, { box }]) => [key, box])),
    routes,
  };
}

function* inRows(shelves: readonly Shelf[]): Generator<Shelf[]> {
  let row: Shelf[] = [];
  let width = 0;
  for (const shelf of shelves) {
    const own = widthOf(shelf) + between.x;
    if (row.length > 0 && width + own > widest) {
      yield row;
      [row, width] = [[], 0];
    }
    row.push(shelf);
    width += own;
  }
  if (row.length > 0) yield row;
}

function widthOf({ columns }: Shelf): number {
  return Math.max(narrowestFrame, frameLeft + columns.length * (large.width + gutter));
}

function heightOf({ columns, more }: Shelf): number {
  const heights = columns.map(({ isSmall, keys }) => keys.length * ((isSmall ? small : large).height + gap));
  return frameHead + Math.max(large.height + gap, ...heights) + (more > 0 ? frameFoot : 0);
}

function* boxesIn({ columns }: Shelf, frame: Box): Generator<[string, Box, number]> {
  for (const [column, { isSmall, keys }] of columns.entries()) {
    const size = isSmall ? small : large;
    for (const [place, key] of keys.entries()) {
      const x = frame.x + frameLeft + column * (large.width + gutter);
      yield [key, { x, y: frame.y + frameHead + place * (size.height + gap), ...size }, column];
    }
  }
}

/** Finds ways for lines. Those that belong together share a lane, so that they look like one line that branches. */
class Router {
  readonly #spots: ReadonlyMap<string, Spot>;
  readonly #right: number;
  readonly #lanes = new Map<string, Map<string, number>>();

  constructor(spots: ReadonlyMap<string, Spot>, right: number) {
    this.#spots = spots;
    this.#right = right;
  }

  all(links: readonly Link[]): Route[] {
    const routes: Route[] = [];
    for (const link of inOrder(links, this.#spots)) {
      const [from, to] = [this.#spots.get(link.from), this.#spots.get(link.to)];
      if (from && to) routes.push({ link, points: straightened(this.#way(link, from, to)) });
    }
    return routes;
  }

  #way(link: Link, from: Spot, to: Spot): Point[] {
    const group = groupOf(link);
    if (from.frame !== to.frame) return this.#betweenSites(group, from, to);
    if (from.column > to.column) return this.#alongRow(group, to, from).reverse();
    if (from.column < to.column) return this.#alongRow(group, from, to);
    const x = this.#besides(from, group);
    const [start, end] = [this.#port(from, 'right', group), this.#port(to, 'right', group)];
    return [start, { x, y: start.y }, { x, y: end.y }, end];
  }

  /** From a box to one further right in the same site. */
  #alongRow(group: string, from: Spot, to: Spot): Point[] {
    const [start, end] = [this.#port(from, 'right', group), this.#port(to, 'left', group)];
    const x = this.#besides(from, group);
    if (to.column === from.column + 1) return [start, { x, y: start.y }, { x, y: end.y }, end];
    // In the gap above or below the row of the box, whichever comes first: gaps run through all columns, and small boxes keep to
    // them. None runs through the head of the site.
    const height = large.height + gap;
    const rowOf = ({ box, frame }: Spot): number => Math.floor((box.y - frame.y - frameHead) / height);
    const [own, other] = [rowOf(from), rowOf(to)];
    const rows = other > own ? other : other + 1;
    const line = to.frame.y + frameHead + rows * height - gap / 2;
    const y = line + this.#lane(`row ${to.frame.x} ${line}`, group, 5, 3) - 6;
    const before = to.box.x - gutter;
    const last = before + 8 + this.#lane(`column ${to.frame.y} ${before}`, group, 9, 5);
    return [start, { x, y: start.y }, { x, y }, { x: last, y }, { x: last, y: end.y }, end];
  }

  #betweenSites(group: string, from: Spot, to: Spot): Point[] {
    const [start, end] = [this.#port(from, 'right', group), this.#port(to, 'right', group)];
    const [out, back] = [this.#besides(from, group), this.#besides(to, group)];
    const head: Point[] = [start, { x: out, y: start.y }];
    const tail: Point[] = [{ x: back, y: end.y }, end];
    if (Math.abs(from.row - to.row) <= 1) {
      const y = this.#below(from.row < to.row ? from : to, group);
      return [...head, { x: out, y }, { x: back, y }, ...tail];
    }
    const [first, second] = [this.#below(from, group), this.#below(to, group)];
    const x = this.#right + 14 + this.#lane('margin', group, 10, 5);
    return [
      ...head,
      { x: out, y: first },
      { x, y: first },
      { x, y: second },
      { x: back, y: second },
      ...tail,
    ];
  }

  /** The x of a group's lane right of a box. */
  #besides({ box, frame }: Spot, group: string): number {
    const right = box.x + box.width;
    return right + 8 + this.#lane(`column ${frame.y} ${right}`, group, 9, 5);
  }

  /** The y of a group's lane below a row of sites. */
  #below({ frame, row }: Spot, group: string): number {
    return frame.y + frame.height + 10 + this.#lane(`below ${row}`, group, 8, 5);
  }

  #port({ box }: Spot, side: 'left' | 'right', group: string): Point {
    const most = Math.floor((box.height - 24) / 10);
    const y = box.y + 14 + this.#lane(`port ${side} ${box.x} ${box.y}`, group, most, 10);
    return { x: side === 'left' ? box.x : box.x + box.width, y };
  }

  /** How far from the edge of a gutter a group runs: the first free lane, and from the first on again when all are taken. */
  #lane(place: string, group: string, most: number, step: number): number {
    let lanes = this.#lanes.get(place);
    if (!lanes) this.#lanes.set(place, (lanes = new Map<string, number>()));
    let lane = lanes.get(group);
    if (lane === undefined) lanes.set(group, (lane = lanes.size));
    return (lane % Math.max(1, most)) * step;
  }
}

/** Who comes first has the straightest way: those who come in from outside, and then what stays in its site. */
function inOrder(links: readonly Link[], spots: ReadonlyMap<string, Spot>): Link[] {
  const weight = ({ kind, from, to }: Link): number =>
    (spots.get(from)?.frame === spots.get(to)?.frame ? 0 : 2) + (kind === 'nextHop' ? 0 : 1);
  return [...links].sort((a, b) => weight(a) - weight(b));
}

/** Lines to the same Edge or central pool run together. */
function groupOf({ kind, from, to }: Link): string {
  if (kind === 'nextHop') return `${kind} ${from}`;
  return kind === 'backup' ? `${kind} ${from} ${to}` : `${kind} ${to}`;
}

/** Without points in which nothing turns. */
function straightened(points: readonly Point[]): Point[] {
  const distinct = points.filter(({ x, y }, index) => {
    const before = points[index - 1];
    return before?.x !== x || before.y !== y;
  });
  return distinct.filter(({ x, y }, index) => {
    const [before, after] = [distinct[index - 1], distinct[index + 1]];
    if (!before || !after) return true;
    return !((before.x === x && x === after.x) || (before.y === y && y === after.y));
  });
}
