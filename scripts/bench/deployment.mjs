// Deployments of any size, made from samples/contoso: its topology, policies and settings as they are, and its people over
// and over with other names. The same seed gives the same bytes.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../command.mjs';

const samples = join(root, 'samples', 'contoso');
const seed = 2013;

/**
 * Writes a deployment below `folder`.
 *
 * @param {string} folder
 * @param {{ users: number, files?: number }} size the users, and over how many files they are spread
 * @returns {{ userFiles: string[], policies: string, bytes: number }} the paths, and the size of the user files
 */
export function writeDeployment(folder, { users, files = 1 }) {
  mkdirSync(join(folder, 'users'), { recursive: true });
  for (const name of readdirSync(samples).filter((entry) => entry.endsWith('.yaml')))
    writeFileSync(join(folder, name), readFileSync(join(samples, name)));
  const userFiles = [];
  let bytes = 0;
  for (let file = 0; file < files; file++) {
    const [from, to] = [Math.floor((users * file) / files), Math.floor((users * (file + 1)) / files)];
    const path = join(folder, 'users', `users-${String(file + 1).padStart(2, '0')}.lync.yaml`);
    const content = Buffer.from(usersText(from, to));
    writeFileSync(path, content);
    bytes += content.length;
    userFiles.push(path);
  }
  return { userFiles, policies: join(folder, 'policies.lync.yaml'), bytes };
}

/** A file of the people from number `from` to number `to`, in the proportions of the samples. */
export function usersText(/** @type {number} */ from, /** @type {number} */ to) {
  const templates = templatesOf(['redmond', 'dublin', 'branch']);
  const random = mulberry32(seed + from);
  let text = 'CsUser:\n';
  for (let number = from; number < to; number++) {
    const template = templates[Math.floor(random() * templates.length)] ?? '';
    const phone = String(2_000_000_000 + number);
    text += template
      .replace(/^( *- SipAddress: sip:)([^@\n]*)@.*$/m, `$1$2.${number}@contoso.com`)
      .replace(/^( *LineURI: ).*$/m, `$1tel:+1${phone}`);
  }
  return text;
}

/** One item with merge keys that name the first, for each of `count` people. */
export function mergeKeysText(/** @type {number} */ count) {
  let text =
    'CsUser:\n  - &base\n    SipAddress: sip:base@contoso.com\n    RegistrarPool: pool-red-2fa.contoso.com\n    ClientPolicy: TwoFactor\n';
  for (let number = 0; number < count; number++)
    text += `  - <<: *base\n    SipAddress: sip:merged.${number}@contoso.com\n`;
  return text;
}

/** One object with `count` keys, in the one mapping that a section may be. */
export function manyKeysText(/** @type {number} */ count) {
  let text = 'CsClientPolicy:\n  - Identity: Global\n    DisplayPhoto: AllPhotos\n';
  for (let number = 0; number < count; number++) text += `    x-note-${number}: value ${number}\n`;
  return text;
}

/** The sample people, each as the text of an item without the comments around it, longer by what an export adds. */
function templatesOf(/** @type {readonly string[]} */ names) {
  return names.flatMap((name) =>
    readFileSync(join(samples, 'users', `${name}.lync.yaml`), 'utf8')
      .split(/^(?= {2}- SipAddress)/m)
      .slice(1)
      .map((item) => item.replace(/^ *(?:#.*)?\n/gm, ''))
      .map((item) => `${item}    SamAccountName: ${accountOf(item)}\n    EnabledForFederation: true\n`),
  );
}

function accountOf(/** @type {string} */ item) {
  return /sip:([^@]*)@/.exec(item)?.[1]?.replaceAll(/[^a-z]/g, '') ?? 'account';
}

/** A small generator of random numbers from 0 to 1, so that a seed gives the same on every machine. */
export function mulberry32(/** @type {number} */ state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
