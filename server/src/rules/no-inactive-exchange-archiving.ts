import { describeValue, placeOfValue } from '../model/describe.ts';
import { ownValue } from '../model/effective.ts';
import { readValue } from '../model/values.ts';
import { ken } from '../linter/exchangeExamples.ts';
import { rule } from '../linter/rule.ts';

export default rule({
  id: 'no-inactive-exchange-archiving',
  severity: 'warning',
  group: 'exchange',
  summary: 'Archiving to Exchange that is asked for and does not happen.',
  why: 'EnableExchangeArchiving says where conversations are kept; whether they are kept at all says EnableArchiving, and with None nothing is. A user whose ExchangeArchivingPolicy is ArchivingToExchange is archived only where the configuration of the pool has EnableExchangeArchiving on. Source: help of Set-CsArchivingConfiguration; "Configuring Lync Server 2013 to use Microsoft Exchange Server 2013 archiving".',
  remedy:
    'Set EnableArchiving to ImOnly or ImAndWebConf and EnableExchangeArchiving to true, or take the wish back.',
  needs: ['CsArchivingConfiguration'],
  sections: ['CsArchivingConfiguration', 'CsUser'],
  object: function* (object, deployment) {
    if (object.section.name === 'CsArchivingConfiguration') {
      const toExchange = ownValue(object, 'EnableExchangeArchiving');
      const kept = ownValue(object, 'EnableArchiving');
      if (toExchange.value !== true || kept.value !== 'None' || !toExchange.property) return;
      yield {
        at: object.placeOf(toExchange.property),
        message: `Nothing is archived by '${object.subject}', to Exchange neither: ${describeValue(kept, 'EnableArchiving')}. Set it to ImOnly or ImAndWebConf, or EnableExchangeArchiving to false.`,
      };
      return;
    }
    const property = object.setProperty('ExchangeArchivingPolicy');
    if (!property?.type || readValue(property.type, property.value) !== 'ArchivingToExchange') return;
    const standing = deployment.standing(object);
    const toExchange = standing.value('CsArchivingConfiguration', 'EnableExchangeArchiving');
    if (standing.pool === undefined || toExchange?.value !== false) return;
    const at = placeOfValue(toExchange);
    yield {
      at: object.placeOf(property),
      message: `'${object.subject}' is to be archived to Exchange, but the configuration of the pool does not do that: ${describeValue(toExchange, 'EnableExchangeArchiving')}. Set it to true, or choose another ExchangeArchivingPolicy.`,
      related: [at && { at, message: describeValue(toExchange, 'EnableExchangeArchiving') }],
    };
  },
  shell: [
    {
      text: 'For the whole deployment:',
      commands: [
        "Set-CsArchivingConfiguration -Identity 'Global' -EnableArchiving ImOnly -EnableExchangeArchiving $true",
      ],
    },
  ],
  examples: {
    bad: [
      `CsArchivingConfiguration:
  - Identity: Global
    EnableArchiving: None
    EnableExchangeArchiving: true
    #                        ^^^^ no-inactive-exchange-archiving
`,
      `CsArchivingConfiguration:
  - Identity: Global
    EnableArchiving: ImOnly
${ken}    ExchangeArchivingPolicy: ArchivingToExchange
    #                        ^^^^^^^^^^^^^^^^^^^ no-inactive-exchange-archiving
`,
    ],
    good: [
      `CsArchivingConfiguration:
  - { Identity: Global, EnableArchiving: ImOnly, EnableExchangeArchiving: true }
${ken}    ExchangeArchivingPolicy: ArchivingToExchange
`,
    ],
    near: [
      `# Lync itself archives here, and nobody asked for Exchange.
CsArchivingConfiguration:
  - { Identity: Global, EnableArchiving: ImOnly, EnableExchangeArchiving: false }
${ken}    ExchangeArchivingPolicy: Uninitialized
`,
    ],
  },
});
