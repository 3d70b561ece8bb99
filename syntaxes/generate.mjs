// Writes lync-yaml.tmLanguage.json, the colours of `*.lync.yaml` files.
//
//   node syntaxes/generate.mjs            write the grammar
//   node syntaxes/generate.mjs --check    fail when the committed grammar is stale
//
// The grammar is VS Code's YAML (`source.yaml`) and nothing else; what is ours is *injected* into the keys,
// values and comments that YAML has found. So YAML's structure stays YAML's business, and taking every scope
// that ends in `.lync` away leaves exactly what VS Code shows for the same text. A test holds that.

import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';

const schemaFile = fileURLToPath(new URL('../server/src/schema/sections.json', import.meta.url));
const grammarFile = fileURLToPath(new URL('lync-yaml.tmLanguage.json', import.meta.url));

const sections = JSON.parse(await readFile(schemaFile, 'utf8'));
const roles = sections.CsService.properties.Role.values;
const properties = Object.values(sections).flatMap((section) => Object.keys(section.properties));

/** A property that no cmdlet has: ours. */
const ownProperty = 'TwoFactorAuthentication';

/** Values of these properties are sentences, even one that begins with `Site:`. */
const prose = ['Description'];

// `\G` is where YAML's key or scalar begins. Every pattern takes the whole scalar or nothing, so that a name in
// the middle of a sentence stays a piece of that sentence. What ends a scalar depends on how it is written.
const begin = (quote) => `\\G(?<!(?i:${prose.join('|')})["']?:[\\t ]{1,8}${quote})`;
const styles = {
  'string.unquoted.plain.out.yaml': {
    begin: begin(''),
    end: String.raw`(?=[\t ]*+$|[\t ]++#)`,
    text: String.raw`(?:[^\s:#]|:(?=\S)|(?<=\S)#|[\t ]++(?=[^\s#]))+`,
  },
  'string.unquoted.plain.in.yaml': {
    begin: begin(''),
    end: String.raw`(?=[\t ]*+(?:$|[,\[\]{}])|[\t ]++#)`,
    text: String.raw`(?:[^\s:#,\[\]{}]|:(?=[^\s,\[\]{}])|(?<=\S)#|[\t ]++(?=[^\s#,\[\]{}]))+`,
  },
  'string.quoted.double.yaml': { begin: `(?<=")${begin('"')}`, end: '(?=")', text: String.raw`[^"\\]+` },
  'string.quoted.single.yaml': { begin: `(?<=')${begin("'")}`, end: "(?='(?!'))", text: "[^']+" },
};

// A pattern is written as its parts: text that gets a scope of its own, and text that does not.
const part = (scope) => (pattern) => ({ scope: `${scope}.lync`, pattern });
const maybe = (...parts) => ['(?:', ...parts, ')?'];
const name = part('entity.name.identity');
const kind = part('storage.type.identity');
const role = part('support.class.role');
const scheme = part('keyword.other.scheme');
const user = part('variable.other.user');
const host = part('constant.other.fqdn');
const port = part('constant.numeric.port');
const phone = part('constant.numeric.phone');
const separator = part('punctuation.separator');

const label = String.raw`[\p{L}\p{N}_][\p{L}\p{N}_-]*+`;
const fqdn = String.raw`(?:\*\.)?(?:${label}\.)+\p{L}[\p{L}\p{N}-]+`;
const octet = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
const except = (characters) => String.raw`[^\s,\[\]{}"'\\${characters}]`; // and never what ends a scalar

/** What a scalar may be; the first that fits wins. */
const values = (style) => {
  const whole = (scope, ...parts) => valueOf(style, scope, parts.flat());
  const atPort = maybe(separator(':'), port(String.raw`\d++`));
  return [
    whole('constant.language.global', 'Global'),
    whole('meta.identity', kind('Site|Tag'), separator(':'), name(style.text)),
    whole(
      'meta.identity',
      kind('Service'),
      separator(':'),
      role(String.raw`\w++`),
      separator(':'),
      name(`${except('')}+`),
    ),
    whole('meta.identity', role(roles.join('|')), separator(':'), name(`${except('')}+`)),
    whole(
      'meta.uri.sip',
      scheme('sips?'),
      separator(':'),
      maybe(user(`${except('@')}++`), separator('@')),
      host(fqdn),
      atPort,
      `(?:;${except('')}*)?`,
    ),
    whole(
      'meta.uri.tel',
      scheme('tel'),
      separator(':'),
      phone(String.raw`\+?[\d().-]*\d[\d().-]*`),
      `(?:;${except('')}*)?`,
    ),
    whole(
      'markup.underline.link',
      scheme('https?'),
      separator('://'),
      host(`${except('/:?#')}++`),
      atPort,
      `(?:[/?#]${except('')}*)?`,
    ),
    whole('constant.numeric.ip', String.raw`(?:${octet}\.){3}${octet}`),
    whole('constant.numeric.version', String.raw`\d++(?:\.\d++){2,3}`),
    whole('meta.host', host(fqdn), atPort),
  ];
};

const valueOf = ({ begin, end }, scope, parts) => {
  const pattern = parts.map((one) => (typeof one === 'string' ? one : `(${one.pattern})`)).join('');
  const scopes = parts.filter((one) => typeof one !== 'string').map((one) => one.scope);
  const captures = Object.fromEntries(scopes.map((capture, index) => [index + 1, { name: capture }]));
  return {
    match: `${begin}(?i:${pattern})${end}`,
    name: `${scope}.lync`,
    ...(scopes.length > 0 && { captures }),
  };
};

// PowerShell does not ask how a key is spelled: `ucsallowed` is one of ours, too.
const keyEnd = String.raw`(?=["']|[\t ]*+(?::(?![^\s,\[\]{}])|[,\]}]))`;
const key = (scope, pattern) => ({ match: `\\G(?i:${pattern})${keyEnd}`, name: `${scope}.lync` });
const authorKey = key('entity.name.label.author', String.raw`x-[^\s:,\[\]{}"']*`);

/** `# lync-disable-next-line no-ucs-with-2fa, no-kerberos-only-outside -- ticket 4711` */
const suppression = {
  begin: String.raw`(?<=#)\G[\t ]*+(lync-(?:disable(?:-next-line|-line)?|enable))(?=\s|$)`,
  end: '$',
  name: 'meta.suppression.lync',
  beginCaptures: { 1: { name: 'keyword.other.suppression.lync' } },
  patterns: [
    {
      match: String.raw`(?<=\s)(--)(?:[\t ]++(.*))?$`,
      captures: { 1: { name: 'punctuation.separator.lync' }, 2: { name: 'comment.line.reason.lync' } },
    },
    { match: String.raw`(?<![\w-])[a-z\d]++(?:-[a-z\d]++)++(?![\w-])`, name: 'variable.other.rule.lync' },
    { match: ',', name: 'punctuation.separator.lync' },
  ],
};

// A key inside one of these belongs to an object; outside all of them it is the file's own, a section.
const inside =
  '(meta.map.value.yaml | meta.flow.pair.value.yaml | meta.block.sequence.yaml | meta.flow.sequence.yaml)';

const grammar = {
  information_for_contributors: [
    'Written by generate.mjs beside this file, which explains it. Change that one.',
  ],
  name: 'Lync Topology',
  scopeName: 'source.yaml.lync',
  patterns: [{ include: 'source.yaml' }],
  injections: {
    [`L:entity.name.tag.yaml - ${inside}`]: {
      patterns: [
        key('entity.name.type.section', Object.keys(sections).join('|')),
        key('entity.name.tag.section.unknown', String.raw`Cs\w*`),
        authorKey,
      ],
    },
    [`L:entity.name.tag.yaml ${inside}`]: {
      patterns: [
        key('support.type.property-name.own', ownProperty),
        key('support.type.property-name', [...new Set(properties)].sort().join('|')),
        authorKey,
      ],
    },
    ...Object.fromEntries(
      Object.entries(styles).map(([scope, style]) => [
        `L:${scope} - entity.name.tag.yaml`,
        { patterns: values(style) },
      ]),
    ),
    'L:comment.line.number-sign.yaml': { patterns: [suppression] },
  },
};

const options = await prettier.resolveConfig(grammarFile);
const text = await prettier.format(JSON.stringify(grammar), { ...options, filepath: grammarFile });

if (!process.argv.includes('--check')) {
  await writeFile(grammarFile, text);
} else if (text !== (await readFile(grammarFile, 'utf8'))) {
  console.error('syntaxes/lync-yaml.tmLanguage.json is stale. Run: node syntaxes/generate.mjs');
  process.exitCode = 1;
}
