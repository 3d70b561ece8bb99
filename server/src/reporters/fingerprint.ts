/**
 * What a finding is known by from one run to the next: the rule, the object, and what is wrong with it. Lines move, other objects
 * change and messages are worded anew, and it stays the same.
 */
import type { Finding } from '../linter/finding.ts';
import type { Place } from '../model/place.ts';
import { sectionTypes } from '../schema/schema.ts';

export interface Fingerprint {
  readonly rule: string;
  /** The section that the object is in; empty, like the subject, where the finding is about no object. */
  readonly section: string;
  /** The object's name as its file writes it. */
  readonly subject: string;
  /** What is wrong, in the names that stand for it. */
  readonly about: string;
}

/** What a finding is known by. */
export function fingerprintOf(finding: Finding): Fingerprint {
  const { rule, object } = finding;
  const subject = object?.subject ?? '';
  return { rule: rule.id, section: object?.section.name ?? '', subject, about: aboutOf(finding, subject) };
}

/**
 * The names in a finding's message that say what is wrong: properties, and what the object itself names. Names of other objects
 * are left out, like numbers: which policy leaves a feature on, or for how many, may change while what is wrong with a user stays.
 */
function aboutOf({ message, object, at }: Finding, subject: string): string {
  const own = (object ? object.mappingBlock.text.slice(...extent(object.mapping)) : lineAt(at)).toLowerCase();
  const names = new Set<string>();
  for (const [, name = ''] of message.matchAll(quoted))
    if (name !== subject && own.includes(name.toLowerCase())) names.add(name);
  for (const [word] of message.matchAll(words))
    if (properties.has(word) || (!object && sections.has(word))) names.add(word);
  if (names.size > 0) return [...names].sort().join(', ');
  return object ? '' : at.block.text.slice(at.start, at.end).trim().slice(0, longest);
}

/** As one text. Names compare without case. */
export function keyOf({ rule, section, subject, about }: Fingerprint): string {
  return `${rule}\n${section}\n${subject.toLowerCase()}\n${about.toLowerCase()}`;
}

/** A text as a number of 53 bits: that two of a million have the same is one chance in ten thousand. */
export function numberOf(text: string): number {
  const [high, low] = halvesOf(text);
  return 4294967296 * (2097151 & low) + high;
}

/** A text as 16 hexadecimal digits. */
export function digitsOf(text: string): string {
  return halvesOf(text)
    .map((half) => half.toString(16).padStart(8, '0'))
    .join('');
}

function halvesOf(text: string): [high: number, low: number] {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return [high >>> 0, low >>> 0];
}

/** The line in which a place begins, without its end. */
export function lineAt({ block, start }: Place): string {
  const from = block.text.lastIndexOf('\n', start - 1) + 1;
  const newline = block.text.indexOf('\n', start);
  return block.text.slice(from, newline < 0 ? block.text.length : newline).replace(/\r$/, '');
}

function extent({ start, end }: { readonly start: number; readonly end: number }): [number, number] {
  return [start, end];
}

/** How much of a text is taken, in characters, where there is no name. */
const longest = 80;

/** What stands in single quotes. Names have apostrophes: `o'sullivan`. */
const quoted = /(?<![\p{L}\p{N}])'(.+?)'(?![\p{L}\p{N}])/gu;

const words = /\b[A-Z][A-Za-z0-9]+/g;

const sections = new Set(Array.from(sectionTypes(), ({ name }) => name));

/** Those that are no word of English: `Pools` may begin a sentence. */
const properties = new Set(
  Array.from(sectionTypes(), ({ properties: own }) => [...own.keys()])
    .flat()
    .filter((name) => /[a-zA-Z0-9][A-Z]/.test(name)),
);
