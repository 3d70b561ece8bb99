import { poolsDecidedBy } from '../model/twoFactorPools.ts';
import { readValue } from '../model/values.ts';
import { twoFactorPool } from '../linter/examples.ts';
import { webServer } from '../linter/passiveShell.ts';
import { rule } from '../linter/rule.ts';

const setting = 'UseDomainAuthInLWA';

export default rule({
  id: 'no-domain-auth-in-web-app-with-2fa',
  severity: 'info',
  group: 'passive',
  summary: 'Lync Web App of two-factor pools that takes a password.',
  why: 'With UseDomainAuthInLWA people join meetings in Lync Web App with their domain account and its password, without a second factor. That this holds beside passive authentication follows from what the setting does; Microsoft says nothing of the two together. Source: help of New-CsWebServiceConfiguration; "Deploying Lync Web App".',
  remedy: 'Set UseDomainAuthInLWA to false on two-factor pools, or accept it.',
  sections: ['CsWebServiceConfiguration'],
  object: function* (configuration, deployment) {
    // Whether it is on by default no page says for sure: only what is written is judged.
    const property = configuration.setProperty(setting);
    if (!property?.type || readValue(property.type, property.value) !== true) return;
    const pools = poolsDecidedBy(configuration, deployment);
    if (pools.length === 0) return;
    yield {
      at: configuration.placeOf(property),
      message: `In Lync Web App a domain password is enough on ${pools.map((pool) => `'${pool}'`).join(', ')}, where everybody else needs two factors: ${setting} is true. Set it to false, or accept it.`,
    };
  },
  fixes: function* ({ object }) {
    if (!object) return;
    yield {
      title: `Set ${setting} false`,
      changes: [{ kind: 'set', object, property: setting, value: false }],
      // Who joins meetings of the pool is not always at home there.
      onlyByHand: true,
    };
  },
  shell: [
    {
      text: 'On each two-factor pool:',
      commands: [`Set-CsWebServiceConfiguration ${webServer} -UseDomainAuthInLWA $false`],
    },
  ],
  examples: {
    bad: [
      `${twoFactorPool}    UseDomainAuthInLWA: true
    #                   ^^^^ no-domain-auth-in-web-app-with-2fa
`,
    ],
    good: [`${twoFactorPool}    UseDomainAuthInLWA: false\n`],
    near: [
      `# On a pool of password users it is the usual way.
CsWebServiceConfiguration:
  - { Identity: Global, UseDomainAuthInLWA: true }
`,
    ],
  },
});
