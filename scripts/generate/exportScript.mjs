// The PowerShell script that exports a deployment: Export-LyncDeployment.ps1 beside this file, with the tables of the schema.
import { Stop } from '../command.mjs';

/** @typedef {import('./source.mjs').Source} Source */
/** @typedef {import('./source.mjs').PropertyType} PropertyType */
/** @typedef {import('./source.mjs').SectionType} SectionType */

/** What is not exported, by section, with the reason. The documentation says the same in its own words. */
export const leftOut = /** @type {const} */ ({
  CsUser: {
    // Secrets: it holds the passcodes of conferencing providers.
    AcpInfo: 'secret',
    // A property of these files, which no cmdlet prints.
    TwoFactorAuthentication: 'ours',
    // The same as Identity.
    DistinguishedName: 'repeated',
    // The same for all users.
    ObjectCategory: 'of the directory',
    ObjectClass: 'of the directory',
    ObjectState: 'of the directory',
    IsValid: 'of the directory',
    // Which domain controller answered, and when it heard of the last change: neither is the same in the next export.
    OriginatingServer: 'changing',
    WhenChanged: 'changing',
  },
  // Topology documents have them, Get-CsService has not.
  CsService: { Ports: 'of the document', RoleVersion: 'of the document' },
  CsPartnerApplication: { CertificateFileData: 'secret', CertificateRawData: 'secret' },
  CsWebServiceConfiguration: { TrustedCACerts: 'secret' },
  // Sections of their own.
  CsOAuthConfiguration: { OAuthServers: 'repeated', PartnerApplications: 'repeated' },
});

/** Lists of texts that come in any order. Lists of references always do. */
const unordered = new Set(['CsService.DependentServiceList', 'CsUser.ProxyAddresses']);

const fileOfKind = /** @type {const} */ ({
  topology: 'topology',
  policy: 'policies',
  configuration: 'settings',
  object: 'settings',
});

/** The two that are too large to be held; each has its own way of being read. */
const fileOfSection = /** @type {const} */ ({ CsUser: 'users', CsUnifiedContactStore: 'contacts' });

/** @type {(template: string, source: Source) => string} */
export function exportScript(template, { sectionTypes, powerShellNoise }) {
  const sections = [...sectionTypes()].map(entry);
  const noise = lines(powerShellNoise.map(quoted), '    ');
  return [
    ['sections', sections.join('\n')],
    ['noise', noise],
  ].reduce((text, [name = '', content = '']) => filled(text, name, content), template);
}

/** Puts text in the place of the line `# <name>`. */
function filled(/** @type {string} */ text, /** @type {string} */ name, /** @type {string} */ content) {
  const parts = text.split(`    # <${name}>`);
  if (parts.length !== 2) throw new Stop(`The export script needs one line '# <${name}>'.`);
  return parts.join(content);
}

function entry(/** @type {SectionType} */ section) {
  const { name, cmdlet, key } = section;
  const head = [
    ['Name', name],
    ['File', fileOf(section)],
    ['Cmdlet', cmdlet],
    ['Key', key],
  ];
  return [
    '    @{',
    `        ${head.map(([word = '', value = '']) => `${word} = ${quoted(value)}`).join('; ')}`,
    '        Properties = @(',
    lines(propertiesOf(section).map(quoted), ' '.repeat(12)),
    '        )',
    '    }',
  ].join('\n');
}

/** @returns {string} */
function fileOf(/** @type {SectionType} */ { name, kind }) {
  const file =
    name in fileOfSection ? fileOfSection[/** @type {keyof typeof fileOfSection} */ (name)] : undefined;
  if (file !== undefined) return file;
  if (kind === 'user') throw new Stop(`The export script does not know where to write ${name}.`);
  return fileOfKind[kind];
}

function propertiesOf(/** @type {SectionType} */ { name, properties }) {
  const skipped = name in leftOut ? leftOut[/** @type {keyof typeof leftOut} */ (name)] : {};
  return [...properties.values()]
    .filter((property) => !(property.name in skipped))
    .map((property) => {
      const kind = kindOf(name, property);
      return kind === undefined ? property.name : `${property.name}:${kind}`;
    });
}

function kindOf(/** @type {string} */ section, /** @type {PropertyType} */ { name, type, items }) {
  if (type === 'enum') return 'enum';
  if (type !== 'list') return undefined;
  if (items?.type === 'reference' || unordered.has(`${section}.${name}`)) return 'set';
  return items?.type === 'string' ? 'list' : 'objects';
}

function quoted(/** @type {string} */ text) {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A list on as few lines as it needs. */
function lines(/** @type {readonly string[]} */ items, /** @type {string} */ indent) {
  /** @type {string[]} */
  const found = [];
  for (const [index, item] of items.entries()) {
    const text = index === items.length - 1 ? item : `${item},`;
    const last = found.at(-1);
    if (last !== undefined && last.length + text.length + 1 <= 120)
      found[found.length - 1] = `${last} ${text}`;
    else found.push(`${indent}${text}`);
  }
  return found.join('\n');
}
