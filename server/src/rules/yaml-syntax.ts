import { isMergeKey } from '../model/object.ts';
import { place } from '../model/place.ts';
import type { Block } from '../parser/block.ts';
import type { Mapping, Node, Scalar } from '../parser/nodes.ts';
import { rule } from '../linter/rule.ts';
import type { Report } from '../linter/finding.ts';

export default rule({
  id: 'yaml-syntax',
  severity: 'error',
  group: 'files',
  summary: 'What YAML itself forbids: broken syntax, a key twice, an alias without anchor.',
  why: 'What cannot be read is not checked. A broken entry costs only itself: the entries around it are read as usual. Source: YAML 1.2.',
  remedy: 'Write it as the message says.',
  block: function* ({ file, block, contents }) {
    for (const problem of block.problems)
      yield { at: place(file.file, block, problem), message: problem.message };
    for (const alias of file.anchors.unknownIn(block)) {
      yield {
        at: place(file.file, block, alias),
        message: `No anchor '&${alias.name}' stands in front of this alias in this document.`,
      };
    }
    if (block.root) {
      for (const [first, second] of duplicateKeys(block.root)) yield duplicate(first, block, second, block);
    }
    const sections = contents.sections.length > 0 ? file.sections() : [];
    for (const section of sections.filter((candidate) => candidate.block === block)) {
      const name = section.key.text.toLowerCase();
      const first = sections.find(
        ({ key, document }) => document === section.document && key.text.toLowerCase() === name,
      );
      // Within one block duplicateKeys has found it.
      if (!first || first.key === section.key || first.block === block) continue;
      yield duplicate(first.key, first.block, section.key, block);
    }

    function duplicate(first: Scalar, firstBlock: Block, second: Scalar, secondBlock: Block): Report {
      return {
        at: place(file.file, secondBlock, second),
        message: `The key '${second.text}' is there twice, and YAML allows it once: put both together, or remove one.`,
        related: [{ at: place(file.file, firstBlock, first), message: `The first '${first.text}'` }],
      };
    }
  },
  examples: {
    bad: [
      `CsUser:
  - SipAddress: "sip:ken@contoso.com
  #             ^^^^^^^^^^^^^^^^^^^^ yaml-syntax
  - SipAddress: sip:ann@contoso.com
`,
      `CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
    RegistrarPool: pool02.contoso.com
  # ^^^^^^^^^^^^^ yaml-syntax
`,
      `CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: *pool
    #              ^^^^^ yaml-syntax
`,
    ],
    good: [
      `CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: &pool pool01.contoso.com
  - SipAddress: sip:ann@contoso.com
    RegistrarPool: *pool
`,
    ],
    near: [
      `# Ann's entry has Ken's keys merged in, and her own go before them: no key is there twice.
CsUser:
  - &ken
    SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
  - <<: *ken
    SipAddress: sip:ann@contoso.com
`,
      `# A file may hold several documents, each with the same section: together they are one deployment.
CsUser:
  - SipAddress: sip:ken@contoso.com
---
CsUser:
  - SipAddress: sip:ann@contoso.com
`,
      `# JSON is YAML, too, so an export may be JSON.
{ "CsUser": [{ "SipAddress": "sip:ken@contoso.com", "RegistrarPool": "pool01.contoso.com" }] }
`,
    ],
  },
});

/** Each key that a mapping has had before, with the first one; names compare without case, as everywhere. */
function* duplicateKeys(root: Node): Generator<[first: Scalar, second: Scalar]> {
  const open: Node[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === 'sequence') open.push(...node.items.filter(isCollection));
    if (node.type !== 'mapping') continue;
    for (const { value } of node.pairs) if (isCollection(value)) open.push(value);
    if (hasOwnLengths(node)) continue;
    const seen = new Map<string, Scalar>();
    for (const { key } of node.pairs) {
      if (key.type !== 'scalar' || isMergeKey(key)) continue;
      const first = seen.get(key.text.toLowerCase());
      if (first) yield [first, key];
      else seen.set(key.text.toLowerCase(), key);
    }
  }
}

function isCollection({ type }: Node): boolean {
  return type === 'sequence' || type === 'mapping';
}

/** Whether no two keys can be the same, by their lengths and first letters alone: of most users that is so. */
function hasOwnLengths({ pairs }: Mapping): boolean {
  if (pairs.length > 16) return false;
  for (let i = 1; i < pairs.length; i++) {
    const key = pairs[i]?.key;
    for (let j = 0; j < i; j++) if (mayBeSame(key, pairs[j]?.key)) return false;
  }
  return true;
}

function mayBeSame(a: Node | undefined, b: Node | undefined): boolean {
  if (a?.type !== 'scalar' || b?.type !== 'scalar' || a.text.length !== b.text.length) return false;
  const [first, second] = [a.text.charCodeAt(0), b.text.charCodeAt(0)];
  // The two cases of an ASCII letter differ in one bit.
  return (first | 32) === (second | 32) || first > 127 || second > 127;
}
