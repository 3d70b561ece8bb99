// The generated parts of what is otherwise written by hand: the manifest's settings, tables and the example of the output.
import { Stop } from '../command.mjs';
import { code, table } from './markdown.mjs';

/** @typedef {import('./source.mjs').Source} Source */
/** @typedef {import('./source.mjs').Setting} Setting */

/** The settings in the form in which VS Code shows them. */
export function manifestSettings(/** @type {Source} */ { settings }) {
  return Object.fromEntries(
    Object.entries(settings).map(([name, setting], order) => [name, manifestSetting(setting, order)]),
  );
}

function manifestSetting(
  /** @type {Setting} */ { type, default: value, description, values, minimum },
  /** @type {number} */ order,
) {
  return {
    order,
    // One server serves all folders of a window, and asks once.
    scope: 'window',
    type,
    ...(values ? { enum: Object.keys(values), markdownEnumDescriptions: Object.values(values) } : {}),
    ...(minimum === undefined ? {} : { minimum }),
    default: value,
    markdownDescription: description,
  };
}

const kinds = /** @type {const} */ ({
  topology: 'Topology',
  user: 'Users',
  policy: 'Policies',
  configuration: 'Configuration',
  object: 'Other objects',
});

export function sectionTables(/** @type {Source} */ { sectionTypes, prose }) {
  const parts = [];
  for (const [kind, title] of Object.entries(kinds)) {
    const rows = [...sectionTypes()]
      .filter((section) => section.kind === kind)
      .map(({ name, cmdlet, key, scopes, description }) => [
        `\`${name}\``,
        prose(description),
        `\`${key}\``,
        scopes.join(', '),
        `\`${cmdlet}\``,
      ]);
    parts.push(`### ${title}`, table(['Section', 'Holds', 'Named by', 'Scopes', 'Printed by'], rows));
  }
  return parts.join('\n\n');
}

export function optionTable(/** @type {Source} */ { options, prose }) {
  return table(
    ['Option', 'Meaning'],
    Object.entries(options).map(([name, { value, short, description }]) => [
      `\`${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}\``,
      prose(description),
    ]),
  );
}

const exampleInput = `CsWebServiceConfiguration:
  - Identity: Service:WebServer:pool01.contoso.com
    UseWsFedPassiveAuth: true
    WsFedPassiveMetadataUri: https://sts.contoso.com/federationmetadata/2007-06/federationmetadata.xml
    UseWindowsAuth: None
    UseCertificateAuth: false
    UsePinAuth: false
    DefaultValidityPeriodHours: 24
CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`;

/** What the command line really writes for a small deployment. */
export async function outputExample(/** @type {Source} */ { run }) {
  let output = '';
  const exitCode = await run(
    { positionals: [], values: { format: 'json', quiet: true, stdin: true } },
    {
      folder: process.cwd(),
      color: false,
      version: '',
      input: () => Promise.resolve(exampleInput),
      out: (text) => (output += text),
      error: (text) => (output += text),
    },
  );
  if (exitCode !== 1) throw new Stop(`The example of the JSON output ended with ${exitCode}: ${output}`);
  return [
    code('yaml', exampleInput),
    '`lync-lint --format json --quiet --stdin` writes for this file, and exits with 1:',
    code('json', output),
  ].join('\n\n');
}
