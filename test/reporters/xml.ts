/** Reads XML as strictly as the tests need it: what is not well-formed is refused. */
import assert from 'node:assert/strict';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

export function parse(xml: string): Element {
  assert.doesNotMatch(
    xml,
    /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u,
    'a character that XML 1.0 forbids',
  );
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  for (const [token] of body.matchAll(/<[^<>]*>|[^<>]+|[<>]/g)) {
    const parent = open.at(-1);
    assert.ok(parent);
    const tag = /^<(\/?)([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>$/.exec(token);
    if (!tag) {
      assert.match(token, /^[^<>]+$/);
      parent.text += unescaped(token);
      continue;
    }
    const [, closes, name = '', attributes = '', closed] = tag;
    if (closes) {
      assert.equal(open.pop()?.name, name);
      continue;
    }
    const values = attributes.matchAll(/ ([a-z]+)="([^"]*)"/g);
    const element: Element = {
      name,
      attributes: Object.fromEntries(
        Array.from(values, ([, key = '', value = '']) => [key, unescaped(value)]),
      ),
      children: [],
      text: '',
    };
    parent.children.push(element);
    if (!closed) open.push(element);
  }
  assert.deepEqual(open, [root]);
  const [first] = root.children;
  assert.ok(first);
  return first;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

function unescaped(text: string): string {
  return text.replaceAll(
    /&(?:#(\d+)|([a-z]+));|&/g,
    (entity, code: string | undefined, name: string | undefined) => {
      const value = code === undefined ? entities[name ?? ''] : String.fromCodePoint(Number(code));
      assert.ok(value, entity);
      return value;
    },
  );
}
