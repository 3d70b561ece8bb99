import { audienceOf } from '../model/audience.ts';
import { readValue } from '../model/values.ts';
import { counted } from '../model/wording.ts';
import { ken } from '../linter/exchangeExamples.ts';
import { rule } from '../linter/rule.ts';

export default rule({
  id: 'no-ucs-without-exchange-2013',
  severity: 'warning',
  group: 'exchange',
  summary: 'The Unified Contact Store for users of servers that do not have it.',
  why: 'The Unified Contact Store needs Lync Server 2013 and Exchange 2013 at both ends. For users of a Lync Server 2010 pool the policy does nothing until they are moved, and then their contacts go to Exchange without anybody having asked; before a mailbox moves to an older Exchange contacts must be rolled back. The files do not say which Exchange has a mailbox, so only Lync is looked at. Source: "Planning for unified contact store: requirements" and "Migrate users to unified contact store".',
  remedy: 'Give users of Lync Server 2010 pools a policy with UcsAllowed false until they are moved.',
  needs: ['CsUser', 'CsUserServicesPolicy', 'CsService'],
  sections: ['CsUserServicesPolicy'],
  object: function* (policy, deployment) {
    const property = policy.setProperty('UcsAllowed');
    if (!property?.type || readValue(property.type, property.value) !== true) return;
    const audience = deployment.audience(policy);
    const old = audience?.standings.filter(
      ({ pool }) => pool !== undefined && deployment.topology.versionOf(pool) === 5,
    );
    const [first] = old ?? [];
    if (!old || !first?.pool) return;
    yield {
      at: policy.placeOf(property),
      message: `'${policy.subject}' allows the Unified Contact Store for ${counted(audienceOf(old).users, 'user')} of Lync Server 2010 ('${first.pool}'), which does not have it. Their contacts move to Exchange as soon as the users move to a newer pool. Give them a policy with UcsAllowed false, unless that is meant.`,
    };
  },
  shell: [
    {
      text: 'For the users of one pool:',
      commands: [
        "New-CsUserServicesPolicy -Identity 'WithoutUcs' -UcsAllowed $false",
        "Get-CsUser -Filter {RegistrarPool -eq 'pool01.contoso.com'} | Grant-CsUserServicesPolicy -PolicyName 'WithoutUcs'",
      ],
    },
  ],
  examples: {
    bad: [
      `CsService:
  - { Identity: Registrar:pool01.contoso.com, Role: Registrar, PoolFqdn: pool01.contoso.com, Version: 5 }
CsUserServicesPolicy:
  - Identity: Global
    UcsAllowed: true
    #           ^^^^ no-ucs-without-exchange-2013
${ken}`,
    ],
    good: [
      `CsService:
  - { Identity: Registrar:pool01.contoso.com, Role: Registrar, PoolFqdn: pool01.contoso.com, Version: 6 }
CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true }
${ken}`,
    ],
    near: [
      `# There is a pool of Lync Server 2010, but nobody on it has this policy.
CsService:
  - { Identity: Registrar:pool01.contoso.com, Role: Registrar, PoolFqdn: pool01.contoso.com, Version: 6 }
  - { Identity: Registrar:pool02.contoso.com, Role: Registrar, PoolFqdn: pool02.contoso.com, Version: 5 }
CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true }
${ken}`,
    ],
  },
});
