/** What `lync.config.yaml` says, read by the same parser as every other file. */
import { isNull, textOf, type Mapping, type Node, type Scalar } from '../parser/nodes.ts';
import type { SourceFile } from '../parser/sourceFile.ts';
import type { Span } from '../parser/span.ts';
import { settingsBelow } from '../schema/configurationSchema.ts';
import { place, type Place } from './place.ts';
import { readEnum } from './values.ts';

export const configurationFileName = 'lync.config.yaml';

export const severities = ['error', 'warning', 'info', 'hint'] as const;
export type Severity = (typeof severities)[number];

/** The ways of a second factor that a file can name. Source of the list: the products that people put in front of AD FS. */
export const twoFactorMethods = [
  'SmartCard',
  'VirtualSmartCard',
  'AzureMfa',
  'RsaSecurId',
  'Other',
  'None',
] as const;
export type TwoFactorMethod = (typeof twoFactorMethods)[number];

export interface TwoFactorPool {
  readonly pool: string;
  readonly method: TwoFactorMethod | undefined;
  readonly at: Place | undefined;
}

export interface Configuration {
  /** Globs of the files that belong to the deployment, relative to its root. */
  readonly files: readonly string[];
  readonly exclude: readonly string[];
  /** Severities by rule id. */
  readonly rules: ReadonlyMap<string, Severity | 'off'>;
  /** Where each of them is named. */
  readonly ruleKeys: readonly { readonly id: string; readonly at: Place }[];
  readonly twoFactorPools: readonly TwoFactorPool[];
  /** Exchange Web Services themselves ask for a second factor. */
  readonly exchangeRequiresSecondFactor: boolean;
  readonly hybridModernAuthentication: boolean;
  readonly mobileGateway: string | undefined;
  /** What is written there and cannot be taken as meant, each at its place. */
  readonly problems: readonly ConfigurationProblem[];
}

export interface ConfigurationProblem {
  readonly message: string;
  readonly at: Place;
}

export const defaultConfiguration: Configuration = {
  files: ['**/*.lync.{yaml,yml}'],
  exclude: [],
  rules: new Map(),
  ruleKeys: [],
  twoFactorPools: [],
  exchangeRequiresSecondFactor: false,
  hybridModernAuthentication: false,
  mobileGateway: undefined,
  problems: [],
};

/** Reads a configuration. A setting that cannot be read keeps its default, and is among the problems. */
export function readConfiguration(file: SourceFile): Configuration {
  const problems: ConfigurationProblem[] = [];
  const found = new Map<string, Setting>();
  for (const block of file.blocks) {
    const report = (span: Span, message: string): void => {
      problems.push({ message, at: place(file, block, span) });
    };
    for (const problem of block.problems) report(problem, problem.message);
    const take = (key: Scalar, setting: Omit<Setting, 'key' | 'report'>): void => {
      if (found.has(key.text)) report(key, twice(key.text));
      found.set(key.text, { ...setting, key, report });
    };
    if (block.kind === 'item') {
      // An item belongs to the list whose key stands alone above it.
      const list = [...found.values()].at(-1);
      if (block.root) list?.items.push({ node: block.root, at: place(file, block, block.root), report });
      continue;
    }
    if (block.kind === 'header') {
      const key = block.sectionKey;
      if (key) take(key, { value: undefined, items: [], at: place(file, block, key) });
      continue;
    }
    if (block.root?.type !== 'mapping') {
      if (block.root && block.problems.length === 0)
        report(block.root, 'A configuration is a mapping of settings.');
      continue;
    }
    for (const { key, value } of block.root.pairs) {
      if (key.type !== 'scalar') continue;
      const items: Item[] =
        value.type === 'sequence'
          ? value.items.map((node) => ({ node, at: place(file, block, node), report }))
          : [];
      take(key, { value, items, at: place(file, block, value) });
    }
  }
  for (const [name, { key, report }] of found) {
    if (!settings.has(name) && !name.startsWith('x-')) report(key, unknown(name, settings));
  }
  const exchange = mappingOf(found.get('exchange'));
  const mobile = mappingOf(found.get('mobile'));
  return {
    files: readGlobs(found.get('files')) ?? defaultConfiguration.files,
    exclude: readGlobs(found.get('exclude')) ?? defaultConfiguration.exclude,
    ...readRules(file, found.get('rules')),
    twoFactorPools: readTwoFactorPools(file, found.get('twoFactor')),
    exchangeRequiresSecondFactor: readFlag(exchange, 'requiresSecondFactor', exchangeSettings),
    hybridModernAuthentication: readFlag(exchange, 'hybridModernAuthentication', exchangeSettings),
    mobileGateway: mobile && readText(mobile, 'gateway', mobileSettings),
    problems,
  };
}

const settings = namesBelow([]);
const exchangeSettings = namesBelow(['exchange']);
const mobileSettings = namesBelow(['mobile']);
const twoFactorSettings = namesBelow(['twoFactor']);
const poolSettings = namesBelow(['twoFactor', 'pools']);

function namesBelow(path: readonly string[]): ReadonlySet<string> {
  return new Set(settingsBelow(path).map(({ name }) => name));
}

type Report = (span: Span, message: string) => void;

interface Item {
  readonly node: Node;
  readonly at: Place;
  readonly report: Report;
}

interface Setting {
  readonly key: Node;
  readonly value: Node | undefined;
  readonly items: Item[];
  readonly at: Place;
  readonly report: Report;
}

interface Members {
  readonly mapping: Mapping;
  readonly report: Report;
}

function unknown(name: string, known: ReadonlySet<string>): string {
  return `There is no setting '${name}'. The settings here are ${[...known].join(', ')}.`;
}

function twice(name: string): string {
  return `'${name}' is there twice: put both together, or remove one.`;
}

function mappingOf(setting: Setting | undefined): Members | undefined {
  if (!setting?.value || isNull(setting.value)) return undefined;
  if (setting.value.type === 'mapping') return { mapping: setting.value, report: setting.report };
  setting.report(setting.value, 'This must be a mapping.');
  return undefined;
}

/** A member of a mapping; members of other names than the known ones are reported. */
function member({ mapping, report }: Members, name: string, known: ReadonlySet<string>): Node | undefined {
  let found: Node | undefined;
  for (const { key, value } of mapping.pairs) {
    const text = textOf(key) ?? '';
    if (text === name && found) report(key, twice(name));
    if (text === name) found = value;
    // Said once, by the reader of the first known setting.
    else if (!known.has(text) && [...known][0] === name) report(key, unknown(text, known));
  }
  return found && !isNull(found) ? found : undefined;
}

function readFlag(members: Members | undefined, name: string, known: ReadonlySet<string>): boolean {
  const node = members && member(members, name, known);
  if (!node) return false;
  if (node.type === 'scalar' && typeof node.value === 'boolean') return node.value;
  members.report(node, `'${name}' must be true or false.`);
  return false;
}

function readText(members: Members, name: string, known: ReadonlySet<string>): string | undefined {
  const node = member(members, name, known);
  const text = textOf(node);
  if (node && text === undefined) members.report(node, `'${name}' must be a name.`);
  return text;
}

function readGlobs(setting: Setting | undefined): string[] | undefined {
  if (!setting || (setting.items.length === 0 && (!setting.value || isNull(setting.value)))) return undefined;
  if (setting.value && setting.value.type !== 'sequence') {
    setting.report(setting.value, 'This must be a list of globs.');
    return undefined;
  }
  const globs: string[] = [];
  for (const { node, report } of setting.items) {
    const glob = textOf(node);
    if (glob === undefined) report(node, 'This must be a glob.');
    else if (/^(?:[/\\]|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)/.test(glob))
      report(node, `'${glob}' leaves the folder: a glob is relative to it, without '..'.`);
    else globs.push(glob);
  }
  return globs;
}

function readRules(
  file: SourceFile,
  setting: Setting | undefined,
): Pick<Configuration, 'rules' | 'ruleKeys'> {
  const rules = new Map<string, Severity | 'off'>();
  const ruleKeys: { id: string; at: Place }[] = [];
  const members = mappingOf(setting);
  for (const { key, value } of members?.mapping.pairs ?? []) {
    const id = textOf(key);
    if (!setting || id === undefined) continue;
    if (rules.has(id)) members?.report(key, twice(id));
    ruleKeys.push({ id, at: place(file, setting.at.block, key) });
    const severity = readEnum([...severities, 'off'], value) as Severity | 'off' | undefined;
    if (severity) rules.set(id, severity);
    else members?.report(value, `A severity is one of ${severities.join(', ')}, off.`);
  }
  return { rules, ruleKeys };
}

function readTwoFactorPools(file: SourceFile, setting: Setting | undefined): TwoFactorPool[] {
  const members = mappingOf(setting);
  const list = members && member(members, 'pools', twoFactorSettings);
  if (!setting || !members || !list) return [];
  if (list.type !== 'sequence') {
    members.report(list, 'This must be a list of pools.');
    return [];
  }
  const pools: TwoFactorPool[] = [];
  for (const item of list.items) {
    if (item.type !== 'mapping') {
      members.report(item, 'Write a pool as { pool: pool01.contoso.com, method: SmartCard }.');
      continue;
    }
    const entry = { mapping: item, report: members.report };
    const pool = member(entry, 'pool', poolSettings);
    const name = textOf(pool);
    if (!pool || name === undefined) {
      members.report(item, "Name the pool: 'pool: pool01.contoso.com'.");
      continue;
    }
    const method = member(entry, 'method', poolSettings);
    const known = method && (readEnum(twoFactorMethods, method) as TwoFactorMethod | undefined);
    if (method && !known) members.report(method, `A method is one of ${twoFactorMethods.join(', ')}.`);
    pools.push({ pool: name, method: known, at: place(file, setting.at.block, pool) });
  }
  return pools;
}
