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
  'lync.maxFindingsPerFile': {
    type: 'integer',
    default: 500,
    minimum: 1,
    description:
      'How many findings of one file are shown: those at the place of the last edit, then the most severe. A line at the top of the file says how many more there are.',
  },
  'lync.trace.server': {
    type: 'string',
    default: 'off',
    values: { off: 'Nothing.', messages: 'The messages.', verbose: 'The messages with their contents.' },
    description: 'What of the traffic with the language server is written to the output channel.',
  },
} as const satisfies Record<string, Setting>;

export interface Option {
  /** The placeholder of its value; a switch has none. */
  readonly value?: string;
  readonly description: string;
}

/** The options of `lync-lint`. */
export const options = {
  format: { value: 'text|json', description: 'How the findings are written. Default: text.' },
  output: { value: 'FILE', description: 'Write the findings to FILE instead of standard output.' },
  'max-warnings': { value: 'N', description: 'Exit with 1 if there are more than N warnings.' },
  rule: {
    value: 'ID=SEVERITY',
    description: 'error, warning, info, hint or off for a rule. May be repeated.',
  },
  fix: {
    description:
      'Apply to the files what can be fixed without changing anything for others, then report what is left.',
  },
  stdin: { description: 'Read one file from standard input.' },
  'stdin-filename': {
    value: 'NAME',
    description: 'The name of that file, for the report and its deployment.',
  },
  quiet: { description: 'Report errors only.' },
  'no-color': { description: 'No colours, on a terminal either.' },
  help: { description: 'Show this.' },
  version: { description: 'Show the version.' },
} as const satisfies Record<string, Option>;

/** Where the pages of the rules are. */
export const documentation = 'https://github.com/lync-topology/lync-topology/blob/main/docs/rules';

/** The page of a rule. */
export function ruleUrl(id: string): string {
  return `${documentation}/${id}.md`;
}
