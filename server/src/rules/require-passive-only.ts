import { othersOff, webServer } from '../linter/passiveShell.ts';
import { describeValue } from '../model/describe.ts';
import { ownValue } from '../model/effective.ts';
import type { LyncObject } from '../model/object.ts';
import { twoFactorPool } from '../linter/examples.ts';
import { rule } from '../linter/rule.ts';

/** Every other way to a web ticket, and the value that closes it. */
const others = [
  ['UseWindowsAuth', 'None'],
  ['UseCertificateAuth', false],
  ['UsePinAuth', false],
] as const;

export default rule({
  id: 'require-passive-only',
  severity: 'error',
  group: 'passive',
  summary: 'Passive authentication beside other ways to sign in to the web services.',
  why: 'Passive authentication is the way that the client likes least: as long as Windows, certificate or PIN authentication is on, it takes that, and nobody is asked for a second factor. All three are on by default. Source: "Configuring passive authentication in Lync Server 2013".',
  remedy: 'Set UseWindowsAuth to None, UseCertificateAuth and UsePinAuth to false.',
  sections: ['CsWebServiceConfiguration'],
  object: function* (configuration) {
    if (ownValue(configuration, 'UseWsFedPassiveAuth').value !== true) return;
    const open = others.filter(([property, closed]) => isOpen(configuration, property, closed));
    if (open.length === 0) return;
    const written = open
      .map(([property]) => configuration.setProperty(property))
      .find((property) => property !== undefined);
    const passive = configuration.setProperty('UseWsFedPassiveAuth');
    const at = written ?? passive;
    yield {
      at: at && configuration.placeOf(at),
      message: `Nobody is asked for a second factor here, since clients prefer every other way to passive authentication: ${open.map(([property]) => describeValue(ownValue(configuration, property), property)).join('; ')}. Set ${open.map(([property, closed]) => `${property} to ${String(closed)}`).join(', ')}.`,
    };
  },
  fixes: function* ({ object }) {
    if (!object) return;
    const open = others.filter(([property, closed]) => isOpen(object, property, closed));
    yield {
      title: `Set ${open.map(([property, closed]) => `${property} ${String(closed)}`).join(', ')}`,
      changes: open.map(([property, value]) => ({ kind: 'set', object, property, value })),
    };
  },
  shell: [
    {
      text: 'On each two-factor pool:',
      commands: [`Set-CsWebServiceConfiguration ${webServer} ${othersOff}`],
    },
  ],
  examples: {
    bad: [
      `CsWebServiceConfiguration:
  - Identity: Service:WebServer:pool01.contoso.com
    UseWsFedPassiveAuth: true
    UseWindowsAuth: Negotiate
    #               ^^^^^^^^^ require-passive-only
    UseCertificateAuth: false
    UsePinAuth: false
`,
      `# Left out means on.
CsWebServiceConfiguration:
  - Identity: Service:WebServer:pool01.contoso.com
    UseWsFedPassiveAuth: true
    #                    ^^^^ require-passive-only
    UseWindowsAuth: None
`,
    ],
    good: [twoFactorPool],
    near: [
      `# NONE is how Microsoft's page writes it, and PowerShell does not mind case.
${twoFactorPool.replace('UseWindowsAuth: None', 'UseWindowsAuth: NONE')}`,
      `# 0 is None, as ConvertTo-Json prints it.
${twoFactorPool.replace('UseWindowsAuth: None', 'UseWindowsAuth: 0')}`,
      `# Passive authentication is off here, so these are the only ways to sign in, and must stay.
CsWebServiceConfiguration:
  - Identity: Service:WebServer:pool02.contoso.com
    UseWsFedPassiveAuth: false
    UseWindowsAuth: Negotiate
    UseCertificateAuth: true
    UsePinAuth: true
`,
    ],
  },
});

function isOpen(configuration: LyncObject, property: string, closed: string | boolean): boolean {
  const { value } = ownValue(configuration, property);
  return value !== undefined && value !== closed;
}
