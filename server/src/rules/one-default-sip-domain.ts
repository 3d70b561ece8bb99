import { rule } from '../linter/rule.ts';
import type { Deployment } from '../model/deployment.ts';
import type { LyncObject } from '../model/object.ts';
import { readValue } from '../model/values.ts';

export default rule({
  id: 'one-default-sip-domain',
  severity: 'error',
  group: 'files',
  summary: 'No default SIP domain, or more than one.',
  why: "Exactly one SIP domain is the default; it is taken wherever no domain is given, and cannot be removed. Two exports of different days in one folder, or a domain that was retired by hand, are the usual causes. Source: help of Set-CsSipDomain; Microsoft's own diagnostics for Skype for Business Server look for a missing one.",
  remedy: 'Set IsDefault to true for one SIP domain, and to false for all others.',
  sections: ['CsSipDomain'],
  object: function* (domain, deployment) {
    const domains = deployment.all('CsSipDomain');
    const defaults = defaultsOf(deployment);
    const [first] = defaults;
    const property = domain.setProperty('IsDefault');
    const at = property && domain.placeOf(property);
    if (!first) {
      // Where no domain says whether it is the default, the files do not say which one is.
      if (domains[0] !== domain || !domains.some((other) => isDefault(other) !== undefined)) return;
      yield {
        at,
        message: `None of the SIP domains is the default, and Lync needs one wherever no domain is given. Set IsDefault to true for one of them, such as '${domain.subject}'.`,
      };
      return;
    }
    if (!defaults.slice(1).includes(domain)) return;
    const other = first.setProperty('IsDefault');
    yield {
      at,
      message: `'${domain.subject}' is the default SIP domain, and so is '${first.subject}', but there is only one. Set IsDefault to false for one of them.`,
      related: [other && { at: first.placeOf(other), message: `'${first.subject}' is the default, too` }],
    };
  },
  fixes: function* ({ object }, deployment) {
    if (!object) return;
    const defaults = defaultsOf(deployment);
    if (defaults.length === 0) {
      yield {
        title: `Make '${object.subject}' the default SIP domain`,
        changes: [{ kind: 'set', object, property: 'IsDefault', value: true }],
        onlyByHand: true,
      };
      return;
    }
    const others = defaults.filter((other) => other !== object);
    const [first] = others;
    if (!first) return;
    yield {
      title: `Let '${first.subject}' be the default, not '${object.subject}'`,
      changes: [{ kind: 'set', object, property: 'IsDefault', value: false }],
      onlyByHand: true,
    };
    yield {
      title: `Let only '${object.subject}' be the default`,
      changes: others.map((other) => ({ kind: 'set', object: other, property: 'IsDefault', value: false })),
      onlyByHand: true,
    };
  },
  shell: [
    {
      text: 'To make a SIP domain the default; the one that was is no longer:',
      commands: ["Set-CsSipDomain -Identity 'contoso.com' -IsDefault $true"],
    },
  ],
  examples: {
    bad: [
      `CsSipDomain:
  - { Identity: contoso.com, IsDefault: true }
  - Identity: fabrikam.com
    IsDefault: true
    #          ^^^^ one-default-sip-domain
`,
      `CsSipDomain:
  - Identity: contoso.com
    IsDefault: false
    #          ^^^^^ one-default-sip-domain
  - { Identity: fabrikam.com, IsDefault: false }
`,
    ],
    good: [
      `CsSipDomain:
  - { Identity: contoso.com, IsDefault: true }
  - { Identity: fabrikam.com, IsDefault: false }
  - { Identity: sales.contoso.com, IsDefault: false }
`,
    ],
    near: [
      `# No domain says whether it is the default: which one is, is not in the files.
CsSipDomain:
  - { Identity: contoso.com }
  - { Identity: fabrikam.com }
`,
      `# One default that is written twice: that is said by no-duplicate-identity.
CsSipDomain:
  - { Identity: contoso.com, IsDefault: true }
  - { Identity: Contoso.com, IsDefault: true }
`,
    ],
  },
});

/** The default domains, each once however often it is written. */
function defaultsOf(deployment: Deployment): LyncObject[] {
  return deployment
    .all('CsSipDomain')
    .filter(
      (domain) => isDefault(domain) === true && deployment.find('CsSipDomain', domain.subject) === domain,
    );
}

function isDefault(domain: LyncObject): boolean | undefined {
  const property = domain.setProperty('IsDefault');
  const value = property?.type && readValue(property.type, property.value);
  return typeof value === 'boolean' ? value : undefined;
}
