/** Reads a picture of a topology, and throws at one that is not sound. */
import assert from 'node:assert/strict';

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Line {
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface DrawnPool {
  readonly classes: readonly string[];
  readonly box: Rect;
  readonly texts: readonly string[];
  readonly tooltip: string;
  readonly isLink: boolean;
}

export interface ReadPicture {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly desc: string;
  readonly frames: readonly Rect[];
  readonly pools: ReadonlyMap<string, DrawnPool>;
  readonly lines: readonly Line[];
  readonly texts: readonly string[];
  /** Where its links lead, lines from 0 on. */
  readonly places: readonly { readonly uri: string; readonly line: number }[];
}

interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: (Element | string)[];
}

const allowed = new Set(['svg', 'title', 'desc', 'style', 'rect', 'path', 'text', 'tspan', 'g', 'a']);

export function readPicture(svg: string): ReadPicture {
  const root = parsed(svg);
  const all = [...elements(root)];
  for (const { name, attributes } of all) {
    assert.ok(allowed.has(name), `A picture has no <${name}>.`);
    for (const attribute of attributes.keys()) assert.doesNotMatch(attribute, /^on|^style$|^src$/i);
  }
  const box = (attributes: ReadonlyMap<string, string>): Rect => {
    const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) =>
      Number(attributes.get(name) ?? 0),
    );
    return { x: x ?? NaN, y: y ?? NaN, width: width ?? NaN, height: height ?? NaN };
  };
  const { width, height } = box(root.attributes);
  assert.equal(root.attributes.get('viewBox'), `0 0 ${width} ${height}`);
  assert.equal(root.attributes.get('role'), 'img');
  const pools = new Map<string, DrawnPool>();
  for (const parent of all) {
    for (const child of parent.children) {
      if (typeof child === 'string') continue;
      const key = child.attributes.get('data-pool');
      if (key === undefined) continue;
      const inner = [...elements(child)];
      const rect = inner.find(({ attributes }) => attributes.get('class') === 'box');
      assert.ok(rect && !pools.has(key));
      pools.set(key, {
        classes: child.attributes.get('class')?.split(' ') ?? [],
        box: box(rect.attributes),
        texts: inner.filter(({ name }) => name === 'text').map(textOf),
        tooltip: textOf(inner.find(({ name }) => name === 'title')),
        isLink: parent.name === 'a',
      });
    }
  }
  const lines = all.flatMap((element): Line[] => {
    const { attributes } = element;
    const from = attributes.get('data-from');
    if (from === undefined) return [];
    const path = [...elements(element)].find(({ name }) => name === 'path');
    const points = [...(path?.attributes.get('d') ?? '').matchAll(/([-\d.]+) ([-\d.]+)/g)];
    return [
      {
        kind: attributes.get('class')?.replace('link ', '') ?? '',
        from,
        to: attributes.get('data-to') ?? '',
        points: points.map(([, x, y]) => [Number(x), Number(y)] as const),
      },
    ];
  });
  return {
    width,
    height,
    title: textOf(all.find(({ name }) => name === 'title')),
    desc: textOf(all.find(({ name }) => name === 'desc')),
    frames: all
      .filter(({ attributes }) => attributes.get('class') === 'frame')
      .map(({ attributes }) => box(attributes)),
    pools,
    lines,
    texts: all.filter(({ name }) => name === 'text').map(textOf),
    places: all
      .filter(({ name }) => name === 'a')
      .map(({ attributes }) => {
        const [, uri = '', line = ''] = /^([^#]+)#L(\d+)$/.exec(attributes.get('href') ?? '') ?? [];
        assert.ok(uri !== '', `A link leads to a line: ${attributes.get('href') ?? ''}`);
        return { uri, line: Number(line) - 1 };
      }),
  };
}

/** A reader of the little XML that a picture needs: it takes nothing that XML would not. */
function parsed(text: string): Element {
  const top: Element = { name: '', attributes: new Map(), children: [] };
  const open = [top];
  let end = 0;
  assert.doesNotMatch(text, /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]|\p{Cs}/u);
  for (const { 0: tag, 1: close, 2: name = '', 3: attributes = '', 4: alone, index } of text.matchAll(
    /<(\/?)([a-z]+)((?: [a-zA-Z-]+="[^"<]*")*)(\/?)>/g,
  )) {
    const between = text.slice(end, index);
    assert.doesNotMatch(between, /[<>]/, 'A tag is whole.');
    end = index + tag.length;
    if (between !== '') open.at(-1)?.children.push(unescaped(between));
    if (close === '/') {
      assert.equal(open.pop()?.name, name, 'Tags close in order.');
      continue;
    }
    const pairs = Array.from(attributes.matchAll(/ ([a-zA-Z-]+)="([^"]*)"/g), ([, key = '', value = '']) => {
      return [key, unescaped(value)] as const;
    });
    const element = { name, attributes: new Map(pairs), children: [] };
    assert.equal(element.attributes.size, pairs.length, 'An attribute stands once.');
    open.at(-1)?.children.push(element);
    if (alone !== '/') open.push(element);
  }
  assert.equal(open.length, 1, 'Every tag is closed.');
  assert.equal(text.slice(end).trim(), '');
  const [root] = top.children;
  assert.ok(
    root !== undefined && typeof root === 'object' && top.children.length === 1 && root.name === 'svg',
  );
  return root;
}

function unescaped(text: string): string {
  assert.doesNotMatch(text, /&(?!#\d+;)/, 'An ampersand is escaped.');
  return text.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

function* elements(element: Element): Generator<Element> {
  yield element;
  for (const child of element.children) if (typeof child === 'object') yield* elements(child);
}

function textOf(element: Element | string | undefined): string {
  if (element === undefined) return '';
  return typeof element === 'string' ? element : element.children.map(textOf).join('');
}
