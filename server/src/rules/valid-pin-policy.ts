import { rule } from '../linter/rule.ts';
import { ownValue } from '../model/effective.ts';
import type { LyncObject } from '../model/object.ts';

export default rule({
  id: 'valid-pin-policy',
  severity: 'warning',
  group: 'files',
  summary: 'PIN policies whose PINs expire although no earlier PINs are remembered.',
  why: 'PINLifetime above 0 needs a PINHistoryCount above 0; without, whoever must choose a new PIN chooses the old one again, and the cmdlet does not take it. Where PINHistoryCount is left out it is 0. Source: help of Set-CsPinPolicy.',
  remedy: 'Set PINHistoryCount to the number of PINs that a new one must differ from, or PINLifetime to 0.',
  sections: ['CsPinPolicy'],
  object: function* (policy) {
    const days = expiry(policy);
    const property = policy.setProperty('PINLifetime');
    const history = policy.setProperty('PINHistoryCount');
    if (days === undefined || !property) return;
    yield {
      at: policy.placeOf(property),
      message: `PINs expire after ${days === 1 ? '1 day' : `${days} days`}, but PINHistoryCount is ${history ? '' : 'not set and so '}0: the old PIN is good as the new one. Set PINHistoryCount to 1 or more, or PINLifetime to 0.`,
      related: [history && { at: policy.placeOf(history), message: 'No earlier PIN is remembered' }],
    };
  },
  fixes: function* ({ object }) {
    if (!object) return;
    const set = (
      property: string,
      value: number,
    ): { kind: 'set'; object: LyncObject; property: string; value: number } => ({
      kind: 'set',
      object,
      property,
      value,
    });
    // Which of the two was meant, the file does not say.
    yield { title: 'Set PINHistoryCount to 1', changes: [set('PINHistoryCount', 1)], onlyByHand: true };
    yield {
      title: 'Set PINLifetime to 0: PINs never expire',
      changes: [set('PINLifetime', 0)],
      onlyByHand: true,
    };
  },
  shell: [
    {
      text: 'The same on the servers:',
      commands: ["Set-CsPinPolicy -Identity 'Global' -PINHistoryCount 1"],
    },
  ],
  examples: {
    bad: [
      `CsPinPolicy:
  - Identity: Global
    PINLifetime: 60
    #            ^^ valid-pin-policy
`,
      `CsPinPolicy:
  - Identity: Site:Dublin
    PINHistoryCount: 0
    PINLifetime: 60
    #            ^^ valid-pin-policy
`,
    ],
    good: [
      `CsPinPolicy:
  - { Identity: Global, PINLifetime: 60, PINHistoryCount: 3 }
`,
    ],
    near: [
      `# PINs that never expire need no history, and a history without an expiry does no harm.
CsPinPolicy:
  - { Identity: Global, PINLifetime: 0, PINHistoryCount: 0 }
  - { Identity: Site:Dublin, PINHistoryCount: 3 }
`,
    ],
  },
});

/** After how many days PINs expire that are not remembered; `undefined` where they do not, or are. */
function expiry(policy: LyncObject): number | undefined {
  const lifetime = ownValue(policy, 'PINLifetime').value;
  const isRemembered = ownValue(policy, 'PINHistoryCount').value !== 0;
  return typeof lifetime === 'number' && lifetime > 0 && !isRemembered ? lifetime : undefined;
}
