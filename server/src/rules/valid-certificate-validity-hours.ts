import { ownValue } from '../model/effective.ts';
import { webServer } from '../linter/passiveShell.ts';
import { rule } from '../linter/rule.ts';

const [shortest, usual, longest] = [
  'MinValidityPeriodHours',
  'DefaultValidityPeriodHours',
  'MaxValidityPeriodHours',
] as const;

export default rule({
  id: 'valid-certificate-validity-hours',
  severity: 'error',
  group: 'passive',
  summary: 'Validity periods of client certificates that contradict each other.',
  why: 'A client may ask for a certificate that lives between MinValidityPeriodHours and MaxValidityPeriodHours, and gets DefaultValidityPeriodHours if it does not ask: the second must lie between the other two. What is not set has its default, 8, 4320 and 8760 hours. Source: help of New-CsWebServiceConfiguration.',
  remedy: 'Make MinValidityPeriodHours <= DefaultValidityPeriodHours <= MaxValidityPeriodHours.',
  sections: ['CsWebServiceConfiguration'],
  object: function* (configuration) {
    const [min, mid, max] = [shortest, usual, longest].map((name) => {
      const value = ownValue(configuration, name);
      return { name, hours: value.value, property: value.property };
    });
    const pairs = [
      [min, mid],
      [mid, max],
      [min, max],
    ] as const;
    for (const [low, high] of pairs) {
      if (typeof low?.hours !== 'number' || typeof high?.hours !== 'number' || low.hours <= high.hours)
        continue;
      const property = high.property ?? low.property;
      yield {
        at: property && configuration.placeOf(property),
        message: `${low.name} is ${low.hours}${low.property ? '' : ' by default'}, and ${high.name} ${high.hours}${high.property ? '' : ' by default'}: the first must not be above the second. Change one of them.`,
      };
      return;
    }
  },
  shell: [
    {
      text: 'All three at once:',
      commands: [
        `Set-CsWebServiceConfiguration ${webServer} -MinValidityPeriodHours 8 -DefaultValidityPeriodHours 24 -MaxValidityPeriodHours 720`,
      ],
    },
  ],
  examples: {
    bad: [
      `CsWebServiceConfiguration:
  - Identity: Global
    MinValidityPeriodHours: 48
    DefaultValidityPeriodHours: 24
    #                           ^^ valid-certificate-validity-hours
`,
      `CsWebServiceConfiguration:
  - Identity: Global
    MaxValidityPeriodHours: 720
    #                       ^^^ valid-certificate-validity-hours
`,
    ],
    good: [
      `CsWebServiceConfiguration:
  - { Identity: Global, MinValidityPeriodHours: 8, DefaultValidityPeriodHours: 24, MaxValidityPeriodHours: 24 }
`,
    ],
    near: [
      `# A value outside of 8 to 8760 is reported by valid-value.
CsWebServiceConfiguration:
  - { Identity: Global, MaxValidityPeriodHours: 10000 }
`,
    ],
  },
});
