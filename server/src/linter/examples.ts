/** Pieces that the rules' examples have in common. */
import type { Examples } from './rule.ts';

/** A pool with passive authentication, set up as it should be, for users whose RegistrarPool is `pool01.contoso.com`. */
export const twoFactorPool = `CsWebServiceConfiguration:
  - Identity: Service:WebServer:pool01.contoso.com
    UseWsFedPassiveAuth: true
    WsFedPassiveMetadataUri: https://sts.contoso.com/federationmetadata/2007-06/federationmetadata.xml
    UseCertificateAuth: false
    UsePinAuth: false
    UseWindowsAuth: None
    DefaultValidityPeriodHours: 10
`;

/** A pool that signs people in with their password. */
export const passwordPool = `CsWebServiceConfiguration:
  - { Identity: Global, UseWsFedPassiveAuth: false }
`;

const ken = `CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`;

/**
 * What every rule about a lost feature finds and does not find, by the same examples.
 * @param on the properties of a policy that leaves the feature on, as in `{ Identity: Global, UcsAllowed: true }`
 * @param off those of one that switches it off
 */
export function policyExamples(
  id: string,
  section: string,
  on: string,
  off: string,
  more: Partial<Examples> = {},
): Examples {
  const key = section.replace(/^Cs/, '');
  const policies = (...entries: string[]): string =>
    `${section}:\n${entries.map((entry) => `  - { ${entry} }\n`).join('')}`;
  const entry = (identity: string, properties: string): string =>
    `Identity: ${identity}${properties && `, ${properties}`}`;
  const global = policies(entry('Global', on));
  return {
    bad: [
      `${twoFactorPool}${global}CsUser:
  - SipAddress: sip:ken@contoso.com
  #             ^^^^^^^^^^^^^^^^^^^ ${id}
    RegistrarPool: pool01.contoso.com
`,
      `${twoFactorPool}${policies(entry('Global', off), entry('Tag:Sales', on))}${ken}    ${key}: Sales
    #${' '.repeat(key.length + 1)}^^^^^ ${id}
`,
      ...(more.bad ?? []),
    ],
    good: [
      `${twoFactorPool}${policies(entry('Global', on), entry('Tag:TwoFactor', off))}${ken}    ${key}: TwoFactor\n`,
      `${passwordPool}${global}${ken}`,
      ...(more.good ?? []),
    ],
    near: [
      ...(more.near ?? []),
      `# The federation service asks only some people of the pool for a second factor, and Ken is none of them.
${twoFactorPool}${global}${ken}    TwoFactorAuthentication: None\n`,
    ],
  };
}
