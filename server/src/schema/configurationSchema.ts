/** What `lync.config.yaml` may say. Reading, completion and hover go by this one table. */
import { sectionType } from './schema.ts';

export interface SettingType {
  readonly name: string;
  /**
   * `mapping`: further settings; `pools`: a list of mappings with further settings; `rules`: severities by rule id; `globs`: a list
   * of paths with wildcards; `pool`: the FQDN of one; `name`: any text.
   */
  readonly type: 'mapping' | 'pools' | 'rules' | 'globs' | 'boolean' | 'pool' | 'enum' | 'name';
  /** What it does, in sentences. */
  readonly description: string;
  /** What applies where it is left out, in YAML. */
  readonly default?: string;
  /** Values with their meaning. */
  readonly values?: Readonly<Partial<Record<string, string>>>;
  readonly settings?: readonly SettingType[];
}

/** What a severity does, by its name. */
export const severityMeanings: Readonly<Record<string, string>> = {
  error: 'The deployment does not work as meant; lync-lint exits with 1.',
  warning: 'Something that people will miss, or that is likely a mistake.',
  info: 'Worth knowing; nothing need be done.',
  hint: 'A matter of style.',
  off: 'The rule does not speak.',
};

function methodMeanings(): Readonly<Partial<Record<string, string>>> {
  const type = sectionType('CsUser')?.property('TwoFactorAuthentication');
  return Object.fromEntries(
    (type?.values ?? []).map((name) => [name, type?.valueDescriptions?.[name] ?? '']),
  );
}

export const configurationSettings: readonly SettingType[] = [
  {
    name: 'files',
    type: 'globs',
    description:
      'Which files make up the deployment: globs, relative to the folder of this file. All of them are read together, so that a policy in one file can be named in another.',
    default: "['**/*.lync.{yaml,yml}']",
  },
  {
    name: 'exclude',
    type: 'globs',
    description:
      'Which files do not belong to the deployment, whatever `files` says: old exports, drafts, copies.',
    default: '[]',
  },
  {
    name: 'rules',
    type: 'rules',
    description:
      'How severe the findings of a rule are, by its id; `off` silences it everywhere. What is not named here keeps its own severity.',
  },
  {
    name: 'twoFactor',
    type: 'mapping',
    description: 'Who signs in with two factors, where the sign-in settings of the pools do not show it.',
    settings: [
      {
        name: 'pools',
        type: 'pools',
        description:
          'Pools whose users sign in with two factors, or with `method: None` do not. It goes before what CsWebServiceConfiguration says of the pool, and behind what a user says in TwoFactorAuthentication.',
        settings: [
          { name: 'pool', type: 'pool', description: 'The FQDN of a registrar pool.' },
          {
            name: 'method',
            type: 'enum',
            description: 'The second factor that its users are asked for.',
            values: methodMeanings(),
          },
        ],
      },
    ],
  },
  {
    name: 'exchange',
    type: 'mapping',
    description: 'What is known of Exchange and is in no Lync file.',
    settings: [
      {
        name: 'requiresSecondFactor',
        type: 'boolean',
        description:
          'Exchange Web Services ask for a second factor themselves. Then the client cannot fall back on its Windows sign-in, and warnings about features that two-factor users lose become errors.',
        default: 'false',
      },
      {
        name: 'hybridModernAuthentication',
        type: 'boolean',
        description:
          'Clients sign in to Lync and Exchange by Hybrid Modern Authentication, so that two-factor users reach Exchange after all. It counts only where every server runs Skype for Business, and not on pools with passive authentication.',
        default: 'false',
      },
    ],
  },
  {
    name: 'mobile',
    type: 'mapping',
    description: 'What is known of mobile access and is in no Lync file.',
    settings: [
      {
        name: 'gateway',
        type: 'name',
        description:
          'What lets mobile clients through to Exchange: then its features work on mobile devices in spite of two factors. Any name; it is for the reader.',
        values: { LyncShield: 'A reverse proxy that checks the device.' },
      },
    ],
  },
];

/** The settings that may stand below a path of keys; items of lists do not count. None where the path leads nowhere. */
export function settingsBelow(path: readonly string[]): readonly SettingType[] {
  let settings: readonly SettingType[] = configurationSettings;
  for (const step of path) settings = settings.find(({ name }) => name === step)?.settings ?? [];
  return settings;
}

/** The setting at the end of a path of keys. */
export function settingAt(path: readonly string[]): SettingType | undefined {
  return settingsBelow(path.slice(0, -1)).find(({ name }) => name === path.at(-1));
}
