import { audienceOf } from '../model/audience.ts';
import { ownValue } from '../model/effective.ts';
import { counted } from '../model/wording.ts';
import { ken } from '../linter/exchangeExamples.ts';
import { rule } from '../linter/rule.ts';

const settings = ['ArchiveInternal', 'ArchiveExternal'] as const;

export default rule({
  id: 'no-double-archiving',
  severity: 'info',
  group: 'exchange',
  summary: 'Archiving policies that do nothing where conversations are archived to Exchange.',
  why: 'Where a pool archives to Exchange in the same forest, the mailbox\'s In-Place Hold decides whose conversations are kept, and not the archiving policy of Lync. Between forests a user\'s ExchangeArchivingPolicy decides, and with UseLyncArchivingPolicy the policy counts after all. Source: "Configuring Lync Server 2013 to use Microsoft Exchange Server 2013 archiving".',
  remedy: 'Decide in one place: In-Place Hold in Exchange, or the archiving policy.',
  needs: ['CsUser', 'CsArchivingPolicy', 'CsArchivingConfiguration'],
  sections: ['CsArchivingPolicy'],
  object: function* (policy, deployment) {
    const on = settings.filter((name) => ownValue(policy, name).value === true);
    const [first] = on;
    const property = first && policy.setProperty(first);
    const audience = deployment.audience(policy);
    if (!property || !audience) return;
    const inExchange = audience.standings.filter(
      (standing) => standing.value('CsArchivingConfiguration', 'EnableExchangeArchiving')?.value === true,
    );
    if (inExchange.length === 0) return;
    yield {
      at: policy.placeOf(property),
      message: `'${policy.subject}' has ${on.join(' and ')} on, but the pools of ${counted(audienceOf(inExchange).users, 'user')} who have it archive to Exchange: there In-Place Hold of the mailbox decides, unless a user's ExchangeArchivingPolicy is UseLyncArchivingPolicy. Decide in one place.`,
    };
  },
  shell: [
    {
      text: 'Where Exchange decides:',
      commands: ["Set-CsArchivingPolicy -Identity 'Global' -ArchiveInternal $false -ArchiveExternal $false"],
    },
  ],
  examples: {
    bad: [
      `CsArchivingConfiguration:
  - { Identity: Global, EnableArchiving: ImOnly, EnableExchangeArchiving: true }
CsArchivingPolicy:
  - Identity: Global
    ArchiveInternal: true
    #                ^^^^ no-double-archiving
${ken}`,
    ],
    good: [
      `CsArchivingConfiguration:
  - { Identity: Global, EnableArchiving: ImOnly, EnableExchangeArchiving: true }
CsArchivingPolicy:
  - { Identity: Global, ArchiveInternal: false, ArchiveExternal: false }
${ken}`,
    ],
    near: [
      `# Lync archives by itself, and the policy says whom.
CsArchivingConfiguration:
  - { Identity: Global, EnableArchiving: ImOnly, EnableExchangeArchiving: false }
CsArchivingPolicy:
  - { Identity: Global, ArchiveInternal: true }
${ken}`,
    ],
  },
});
