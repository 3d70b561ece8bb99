import { rule } from '../linter/rule.ts';

export default rule({
  id: 'no-duplicate-identity',
  severity: 'error',
  group: 'files',
  summary: 'Two objects with the same Identity, SIP address, line or FQDN.',
  why: 'There is one object at each scope and one user at each address; which of two would win is chance. Two exports of different days in one folder are the usual cause. Source: help of the New-Cs cmdlets.',
  remedy: 'Remove one, or give it another name.',
  isPersonal: true,
  object: function* (object, deployment) {
    for (const [index, others] of deployment.sharing(object).entries()) {
      const [first] = others;
      if (!first || first === object || (object.section.name === 'CsServerPatchVersion' && index === 0))
        continue;
      const line = object.section.name === 'CsUser' && index > 0;
      const property = line ? object.property('LineURI') : undefined;
      const name = line ? (object.text('LineURI') ?? '') : object.subject;
      yield {
        at: property && object.placeOf(property),
        message: `'${name}' is there twice: ${line ? `'${first.subject}' has this line, too` : `another ${object.section.name} has the same name`}.`,
        related: [{ at: first.at, message: `The first '${first.subject}'` }],
      };
    }
  },
  examples: {
    bad: [
      `CsUserServicesPolicy:
  - { Identity: Tag:SmartCard, UcsAllowed: false }
  - { Identity: smartcard, UcsAllowed: true }
  #             ^^^^^^^^^ no-duplicate-identity
`,
      `CsUser:
  - { SipAddress: sip:ken@contoso.com, LineURI: tel:+14255550100 }
  - { SipAddress: sip:ann@contoso.com, LineURI: TEL:+14255550100 }
  #                                             ^^^^^^^^^^^^^^^^ no-duplicate-identity
`,
    ],
    good: [
      `CsServerPatchVersion:
  - { PSComputerName: fe01.contoso.com, ComponentName: Front End Server, Version: 5.0.8308.420 }
  - { PSComputerName: fe01.contoso.com, ComponentName: Core Components, Version: 5.0.8308.420 }
`,
    ],
  },
});
