import { describeValue } from '../model/describe.ts';
import { ownValue } from '../model/effective.ts';
import { poolsDecidedBy } from '../model/twoFactorPools.ts';
import { twoFactorPool } from '../linter/examples.ts';
import { webServer } from '../linter/passiveShell.ts';
import { rule } from '../linter/rule.ts';

const validity = 'DefaultValidityPeriodHours';
const day = 24;

export default rule({
  id: 'prefer-short-client-certificates',
  severity: 'info',
  group: 'passive',
  summary: 'Client certificates of two-factor pools that sign in for months without a card.',
  why: 'After the second factor a client gets a certificate of Lync, and signs in with that alone until it expires: after 180 days by default. A lost card, or an account that is disabled, does not end that. Source: help of New-CsWebServiceConfiguration; "Disable or re-enable a user account for Lync Server".',
  remedy:
    'Set DefaultValidityPeriodHours to 24 or less for two-factor pools, or revoke certificates with Revoke-CsClientCertificate when a card is lost.',
  sections: ['CsWebServiceConfiguration'],
  object: function* (configuration, deployment) {
    const hours = ownValue(configuration, validity);
    if (typeof hours.value !== 'number' || hours.value <= day) return;
    const pools = poolsDecidedBy(configuration, deployment);
    if (pools.length === 0) return;
    yield {
      at: hours.property && configuration.placeOf(hours.property),
      message: `Without the second factor a client signs in to ${pools.map((pool) => `'${pool}'`).join(', ')} for ${words(hours.value)}, with the certificate that it got: ${describeValue(hours, validity)}. Set it to ${day} or less, or revoke the certificates of lost cards with Revoke-CsClientCertificate.`,
    };
  },
  fixes: function* ({ object }) {
    if (!object) return;
    const shortest = ownValue(object, 'MinValidityPeriodHours').value;
    if (typeof shortest === 'number' && shortest > day) return;
    yield {
      title: `Set ${validity} ${day}`,
      changes: [{ kind: 'set', object, property: validity, value: day }],
      // How often people are to put in their card is for people to decide.
      onlyByHand: true,
    };
  },
  shell: [
    {
      text: 'Once a day the client asks for the second factor then:',
      commands: [`Set-CsWebServiceConfiguration ${webServer} -DefaultValidityPeriodHours 24`],
    },
    {
      text: 'For a card that is lost:',
      commands: [
        "Get-CsClientCertificate -Identity 'sip:ken@contoso.com'",
        "Revoke-CsClientCertificate -Identity 'sip:ken@contoso.com'",
      ],
    },
  ],
  examples: {
    bad: [
      `CsWebServiceConfiguration:
  - Identity: Service:WebServer:pool01.contoso.com
    #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ prefer-short-client-certificates
    UseWsFedPassiveAuth: true
`,
      `CsWebServiceConfiguration:
  - Identity: Service:WebServer:pool01.contoso.com
    UseWsFedPassiveAuth: true
    DefaultValidityPeriodHours: 720
    #                           ^^^ prefer-short-client-certificates
`,
    ],
    good: [twoFactorPool],
    near: [
      `# With a password the certificate only spares typing it.
CsWebServiceConfiguration:
  - { Identity: Global, UseWsFedPassiveAuth: false, DefaultValidityPeriodHours: 4320 }
`,
    ],
  },
});

function words(hours: number): string {
  return hours % day === 0 && hours > day ? `${hours / day} days` : `${hours} hours`;
}
