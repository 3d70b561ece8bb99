/** Every setting once: the editor's, from which the manifest is generated, and the command line's, from which `--help` is. */

export interface Setting {
  readonly type: 'boolean' | 'integer' | 'string';
  readonly default: boolean | number | string;
  /** What changes with it. Markdown. */
  readonly description: string;
  readonly values?: Readonly<Record<string, string>>;
  readonly minimum?: number;
}

/** The settings of the editor, under `lync.`. */
export const settings = {
  'lync.enable': {
    type: 'boolean',
    default: true,
    description:
      'Check Lync topology and policy files. Off: nothing is reported, and no quick fixes are offered.',
  },
  'lync.checkedFiles': {
    type: 'string',
    default: 'deployment',
    values: {
      deployment: 'All files of the deployment, open or not.',
      open: 'Only files that are open. What they refer to is still looked up in the others.',
    },
    description: 'Which files have their findings in the Problems list.',
  },
  'lync.maxFindingsPerFile': {
    type: 'integer',
    default: 500,
    minimum: 1,
    description:
      'How many findings of one file are shown: those at the place of the last edit, then the most severe. A line at the top of the file says how many more there are.',
  },
  'lync.yamlSyntaxErrors': {
    type: 'string',
    default: 'auto',
    values: {
      auto: "Yes, unless the document has the language `yaml` and Red Hat's extension checks it. What that finds by our JSON Schema is left to it as well.",
      on: 'Always. Where another extension reports them too, each is there twice.',
      off: 'Never.',
    },
    description: 'Whether mistakes in the YAML itself are reported.',
  },
  'lync.codeLens': {
    type: 'boolean',
    default: true,
    description:
      'Show above sections, pools and policies how many users they have, how many of those sign in with two factors, and what was found. A click lists them.',
  },
  'lync.inlayHints.effectivePolicies': {
    type: 'boolean',
    default: true,
    description: "Show behind a user, where no policy of the user's own is named, which one applies.",
  },
  'lync.inlayHints.defaults': {
    type: 'boolean',
    default: true,
    description: 'Show behind a property without a value the default that applies.',
  },
  'lync.maxSymbolsPerFile': {
    type: 'integer',
    default: 5000,
    minimum: 1,
    description: 'How many objects of one file the outline lists. Its sections show how many there are.',
  },
  'lync.trace.server': {
    type: 'string',
    default: 'off',
    values: { off: 'Nothing.', messages: 'The messages.', verbose: 'The messages with their contents.' },
    description: 'What of the traffic with the language server is written to the output channel.',
  },
} as const satisfies Record<string, Setting>;

type SettingName = keyof typeof settings;

/** The value of each setting. */
export type Settings = { readonly [Name in SettingName]: ValueOf<(typeof settings)[Name]> };

type ValueOf<T extends Setting> = T extends { readonly values: infer Values }
  ? keyof Values
  : T['default'] extends boolean
    ? boolean
    : T['default'] extends number
      ? number
      : string;

/**
 * Reads what a client says of the section `lync`: `{ enable: true, inlayHints: { defaults: false } }`. What is missing, or is no
 * value that the setting can have, is as if it were not set.
 */
export function readSettings(given: unknown): Settings {
  const entries = Object.entries(settings).map(([name, setting]: [string, Setting]) => {
    const value = name
      .split('.')
      .slice(1)
      .reduce((inside: unknown, key) => (isRecord(inside) ? inside[key] : undefined), given);
    return [name, isValueOf(setting, value) ? value : setting.default];
  });
  return Object.fromEntries(entries) as Settings;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isValueOf({ type, values, minimum }: Setting, value: unknown): boolean {
  if (type === 'integer') return Number.isInteger(value) && Number(value) >= (minimum ?? -Infinity);
  return typeof value === type && (!values || Object.hasOwn(values, String(value)));
}

export interface Option {
  /** The placeholder of its value; a switch has none. */
  readonly value?: string;
  /** A letter for it. */
  readonly short?: string;
  readonly description: string;
}

/** The options of `lync-lint`. */
export const options = {
  format: {
    value: 'FORMAT',
    description: 'text, json, sarif, junit, github or markdown. Default: text.',
  },
  output: {
    value: 'FILE',
    short: 'o',
    description:
      'Write the findings, or the script, to FILE instead of standard output. For import: the folder to write to.',
  },
  undo: { value: 'FILE', description: "Write to FILE the script that undoes what that of 'plan' does." },
  'max-warnings': { value: 'N', description: 'Exit with 1 if there are more than N warnings.' },
  rule: {
    value: 'ID=SEVERITY',
    description: 'error, warning, info, hint or off for a rule. May be repeated.',
  },
  baseline: {
    value: 'FILE',
    description: 'Leave out, and do not fix, the findings that are in FILE.',
  },
  'update-baseline': {
    description: 'Write what is found to the FILE of --baseline: from then on only what is new is reported.',
  },
  fix: {
    description:
      'Apply to the files what can be fixed without changing anything for others, then report what is left.',
  },
  update: {
    description: 'For import: change the files that are in the folder, instead of showing what would change.',
  },
  prune: { description: 'For import: take out what the import does not have any more.' },
  partial: { description: 'For import: take what could be read of files that are cut off or damaged.' },
  stdin: { description: 'Read one file from standard input.' },
  'stdin-filename': {
    value: 'NAME',
    description: 'The name of that file, for the report and its deployment.',
  },
  quiet: { description: 'Report, or remedy, errors only.' },
  'no-color': { description: 'No colours, on a terminal either.' },
  help: { description: 'Show this.' },
  version: { description: 'Show the version.' },
} as const satisfies Record<string, Option>;

/** Where people find the project. */
export const homepage = 'https://github.com/lync-topology/lync-topology';

/** Where the pages of the rules are. */
export const documentation = `${homepage}/blob/main/docs/rules`;

/** The page of a rule. */
export function ruleUrl(id: string): string {
  return `${documentation}/${id}.md`;
}
