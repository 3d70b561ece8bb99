import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ImportError } from '../../server/src/importers/imported.ts';
import { readXml, xmlReader } from '../../server/src/importers/xml.ts';

/** What is told of a document that comes in these pieces, a line for each event; texts in one piece. */
function told(...pieces: string[]): string[] {
  const lines: string[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') lines.push(JSON.stringify(text));
    text = '';
  };
  const reader = xmlReader('a.xml', {
    open(name, attributes, namespace, line) {
      flush();
      const all = Array.from(attributes, ([key, value]) => ` ${key}=${value}`).join('');
      lines.push(`${line}: <${name}${all}>${namespace && ` in ${namespace}`}`);
    },
    text(piece) {
      text += piece;
    },
    close(name) {
      flush();
      lines.push(`</${name}>`);
    },
  });
  for (const piece of pieces) reader.write(piece);
  reader.end();
  return lines;
}

function refused(text: string, message: RegExp, line = 1): void {
  assert.throws(
    () => told(text),
    (error) => {
      assert.ok(error instanceof ImportError, String(error));
      assert.match(error.message, message);
      assert.deepEqual(error.origin, { file: 'a.xml', line });
      return true;
    },
  );
}

const document = `\uFEFF<?xml version="1.0" encoding="utf-8"?>\r
<!-- made by hand -->
<T xmlns="urn:t" xmlns:p="urn:p"
   Name="&lt;&#65;&#x42;&quot;">
  <p:A p:B='1' /><C xmlns="">x &amp; <![CDATA[<y>]]></C>
</T>
`;

describe('reading XML', () => {
  it('tells elements, attributes, namespaces and texts', () => {
    assert.deepEqual(told(document), [
      '3: <T Name=<AB"> in urn:t',
      '"\\n  "',
      '5: <A B=1> in urn:p',
      '</A>',
      '5: <C>',
      '"x & <y>"',
      '</C>',
      '"\\n"',
      '</T>',
    ]);
  });

  it('tells the same wherever the text is cut', () => {
    const whole = told(document);
    fc.assert(
      fc.property(fc.array(fc.nat(document.length)), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), document.length];
        assert.deepEqual(told(...at.map((from, index) => document.slice(from, at[index + 1]))), whole);
      }),
    );
  });

  it('reads from a stream', async () => {
    const names: string[] = [];
    const ignore = (): void => undefined;
    const chunks = (async function* () {
      yield '<a><b';
      await Promise.resolve();
      yield '/></a>';
    })();
    await readXml(chunks, 'a.xml', { open: (name) => names.push(name), text: ignore, close: ignore });
    assert.deepEqual(names, ['a', 'b']);
  });

  it('refuses DTDs, and entities that are not of XML itself', () => {
    refused('<!DOCTYPE a [<!ENTITY b "c">]>\n<a>&b;</a>', /DTD/);
    refused('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', /DTD/);
    refused('<a>\n&nbsp;</a>', /entity/, 2);
    refused('<a b="&copy;"/>', /entity/);
    refused('<a>&#0;</a>', /entity/);
    refused('<a>&#x110000;</a>', /entity/);
  });

  it('refuses what is beyond all measure', () => {
    refused('<a>'.repeat(201), /200 deep/);
    refused(`<a ${'b'.repeat(200_000)}="1"/>`, /too long/);
    refused(`<a b="${'c'.repeat(200_000)}"/>`, /too long/);
    refused(`<a ${Array.from({ length: 20_000 }, (_, index) => `b${index}=""`).join(' ')}/>`, /attributes/);
  });

  it('takes long texts', () => {
    const long = 'x'.repeat(1_000_000);
    assert.deepEqual(told(`<a>${long}</a>`), ['1: <a>', `"${long}"`, '</a>']);
  });

  it('says what is no XML, or only half of it', () => {
    refused('', /empty/);
    refused('  \n', /empty/);
    refused('Identity : Global\n', /no XML/);
    refused('<a><b>\n</b>', /ends inside <a>/, 2);
    refused('<a><b c="d', /cut off/);
    refused('<a></b>', /well-formed/);
    refused('<a b=c></a>', /well-formed/);
    refused('<a b="1" b="2"/>', /twice/);
    refused('<p:a/>', /well-formed/);
    refused('<constructor:a/>', /declared nowhere/);
    refused('<a/><b/>', /second document/);
    refused('<a/>b', /behind the end/);
  });

  it('throws nothing but its own error, wherever a document is cut off', () => {
    for (let length = 0; length < document.indexOf('</T>') + 4; length++)
      assert.throws(() => told(document.slice(0, length)), ImportError);
  });
});
