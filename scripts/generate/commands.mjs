// What to run on the servers for what a rule asks for. The linter edits files; this is for the deployment that they describe.
import { Stop } from '../command.mjs';
import { code } from './markdown.mjs';

/** @typedef {import('./source.mjs').Source} Source */
/** @typedef {import('./source.mjs').LostFeature} LostFeature */
/** @typedef {{ text: string, commands: readonly string[] }} Step */

const user = "-Identity 'sip:ken@contoso.com'";
const webServer = "-Identity 'Service:WebServer:pool01.contoso.com'";
const registrar = "-Identity 'Service:Registrar:pool01.contoso.com'";
const edge = "-Identity 'Service:EdgeServer:edge01.contoso.com'";
const metadata =
  "-WsFedPassiveMetadataUri 'https://sts.contoso.com/federationmetadata/2007-06/federationmetadata.xml'";
const locked = '-UseKerberosForClientToProxyAuth $false -UseNtlmForClientToProxyAuth $false';
const othersOff = '-UseWindowsAuth None -UseCertificateAuth $false -UsePinAuth $false';
const othersOn = '-UseWindowsAuth Negotiate -UseCertificateAuth $true -UsePinAuth $true';

const rollBack = [`Debug-CsUnifiedContactStore ${user}`, `Invoke-CsUcsRollback ${user}`];
const withoutForce = 'Do not add `-Force`: it can lose contacts.';

/** @type {Step} */
const rollBackPool = {
  text: 'For everybody on a pool, once the policy is right for all of them:',
  commands: [
    "Get-CsUser -Filter {RegistrarPool -eq 'pool01.contoso.com'} | Invoke-CsUcsRollback -Confirm:$false",
  ],
};

/** @returns {readonly Step[]} */
function lockdown(/** @type {string} */ identity) {
  return [
    {
      text: 'Where there is no configuration of its own, make one:',
      commands: [`New-CsProxyConfiguration ${identity} ${locked}`],
    },
    { text: 'Where there is one, set it:', commands: [`Set-CsProxyConfiguration ${identity} ${locked}`] },
  ];
}

/**
 * By rule id, after what the table of lost features gives.
 *
 * @type {Readonly<Record<string, readonly Step[]>>}
 */
const steps = {
  'no-ucs-with-2fa': [
    {
      text: `Then bring back the contacts that have moved, those of users whose \`UcsMode\` is \`Migrated\`. Not before: without the policy a roll-back lasts seven days. ${withoutForce}`,
      commands: rollBack,
    },
    rollBackPool,
  ],
  'require-ucs-rollback': [
    {
      text: `The policy is right already, so this is all, for each user whose \`UcsMode\` is \`Migrated\`. ${withoutForce}`,
      commands: rollBack,
    },
    rollBackPool,
  ],
  'no-conversation-history-with-2fa': [
    {
      text: 'On Skype for Business Server the server can keep the history instead:',
      commands: ["Set-CsClientPolicy -Identity 'TwoFactor' -EnableServerConversationHistory $true"],
    },
  ],
  'require-passive-only': [
    {
      text: 'On each two-factor pool:',
      commands: [`Set-CsWebServiceConfiguration ${webServer} ${othersOff}`],
    },
  ],
  'require-passive-metadata-uri': [
    {
      text: 'The host is the Federation Service Name:',
      commands: [`Set-CsWebServiceConfiguration ${webServer} ${metadata}`],
    },
  ],
  'valid-passive-metadata-uri': [
    {
      text: 'The host is the Federation Service Name:',
      commands: [`Set-CsWebServiceConfiguration ${webServer} ${metadata}`],
    },
  ],
  'no-passive-beyond-service-scope': [
    {
      text: 'First for each Director and pool of two-factor users:',
      commands: [
        `New-CsWebServiceConfiguration ${webServer} -UseWsFedPassiveAuth $true ${metadata}`,
        `Set-CsWebServiceConfiguration ${webServer} ${othersOff}`,
      ],
    },
    {
      text: "Then everybody else signs in as before. The same for a site, with `'Site:Redmond'`:",
      commands: [`Set-CsWebServiceConfiguration -Identity 'Global' -UseWsFedPassiveAuth $false ${othersOn}`],
    },
  ],
  'no-passive-with-modern-auth': [
    {
      text: 'Either passive authentication goes from the pool, and the other ways to sign in come back:',
      commands: [`Set-CsWebServiceConfiguration ${webServer} -UseWsFedPassiveAuth $false ${othersOn}`],
    },
    {
      text: 'Or modern authentication goes, from every pool:',
      commands: ["Set-CsOAuthConfiguration -ClientAuthorizationOAuthServerIdentity ''"],
    },
  ],
  'require-registrar-lockdown': lockdown(registrar),
  'require-edge-lockdown': lockdown(edge),
  'require-client-certificate-auth': [
    {
      text: 'On each two-factor pool:',
      commands: [`Set-CsProxyConfiguration ${registrar} -UseCertificateForClientToProxyAuth $true`],
    },
  ],
};

/** Rules that ask for the setting of a lost feature beside the rule that is named in the table. */
const sameSetting = new Map([['no-ucs-after-rollback', 'no-ucs-with-2fa']]);

/** The steps for a rule as Markdown; nothing for a rule that no cmdlet helps. */
export function commandsFor(/** @type {string} */ rule, /** @type {Source} */ source) {
  const feature = source.lostFeatures.find((entry) => entry.rule === (sameSetting.get(rule) ?? rule));
  const all = [...(feature ? policySteps(rule, feature, source) : []), ...(steps[rule] ?? [])];
  const parts = all.map(({ text, commands }) => `${text}\n\n${code('powershell', commands.join('\n'))}`);
  return rule === 'policy-reaches-2fa-users' ? [byFeature(source)] : parts;
}

/** Every id here must be a rule's, or its page would miss its commands after a renaming. */
export function requireRules(/** @type {Source} */ { rules }) {
  const known = new Set(rules.map(({ id }) => id));
  const gone = [...Object.keys(steps), ...sameSetting.keys()].filter((id) => !known.has(id));
  if (gone.length > 0) throw new Stop(`scripts/generate/commands.mjs names no rule: ${gone.join(', ')}.`);
}

/**
 * @param {string} rule
 * @param {LostFeature} feature
 * @param {Source} source
 * @returns {Step[]}
 */
function policySteps(rule, { section, settings }, { lostFeatures, sectionType }) {
  const set = settings.map(({ property, remedy }) => `-${property} ${literal(remedy)}`).join(' ');
  const grant = sectionType(section)?.grantCmdlet;
  if (grant === undefined) {
    return [
      { text: 'For everybody:', commands: [`Set-${section} -Identity 'Global' ${set}`] },
      ...orInstead(rule),
    ];
  }
  // What is cleared is not set in a new policy.
  const fresh = settings.filter(({ remedy }) => remedy !== null);
  const made = fresh.map(({ property, remedy }) => ` -${property} ${literal(remedy)}`).join('');
  const others = lostFeatures.filter((entry) => entry.section === section && entry.rule !== rule);
  const together =
    others.length > 1
      ? ` A user has one policy of a kind, so put into it what the other rules about \`${section}\` ask for: ${others.map((entry) => `[${entry.rule}](${entry.rule}.md)`).join(', ')}.`
      : '';
  return [
    {
      text: 'Where everybody who has the policy signs in with two factors, set it there:',
      commands: [`Set-${section} -Identity 'Sales' ${set}`],
    },
    {
      text: `Where others have it too, give the two-factor users a policy of their own. A new policy starts from the defaults, not from the policy that they had: repeat what that one sets.${together}`,
      commands: [`New-${section} -Identity 'TwoFactor'${made}`, `${grant} ${user} -PolicyName 'TwoFactor'`],
    },
  ];
}

/** @returns {Step[]} */
function orInstead(/** @type {string} */ rule) {
  if (rule !== 'no-offline-im-with-2fa') return [];
  return [
    {
      text: 'Or for two-factor users alone, by their client policy ([no-conversation-history-with-2fa](no-conversation-history-with-2fa.md) says how to give them one), without which clients send no offline messages:',
      commands: ["Set-CsClientPolicy -Identity 'TwoFactor' -EnableIMAutoArchiving $false"],
    },
  ];
}

/** The rule about policies stands for all features: which page has the commands for which setting. */
function byFeature(/** @type {Source} */ { lostFeatures }) {
  const lines = lostFeatures.map(
    ({ rule, section, settings }) =>
      `- \`${section}\`, ${settings.map(({ property }) => `\`${property}\``).join(', ')}: [${rule}](${rule}.md)`,
  );
  return `The rule of each feature has the commands:\n\n${lines.join('\n')}`;
}

/** A value as PowerShell takes it. */
function literal(/** @type {boolean | string | null} */ value) {
  if (value === null) return '$null';
  return typeof value === 'boolean' ? `$${value}` : value;
}
