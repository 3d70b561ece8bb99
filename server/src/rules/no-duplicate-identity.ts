import type { Report } from '../linter/finding.ts';
import { rule } from '../linter/rule.ts';
import type { Deployment } from '../model/deployment.ts';
import type { LyncObject } from '../model/object.ts';
import { place } from '../model/place.ts';
import { namesOf } from '../model/references.ts';
import { referenceName } from '../model/values.ts';

export default rule({
  id: 'no-duplicate-identity',
  severity: 'error',
  group: 'files',
  summary: 'Two objects with the same Identity, SIP address, line or FQDN, and computers of two pools.',
  why: 'There is one object at each scope and one user at each address; which of two would win is chance. Two exports of different days in one folder are the usual cause. Source: help of the New-Cs cmdlets.',
  remedy: 'Remove one, or give it another name.',
  isPersonal: true,
  object: function* (object, deployment) {
    if (object.section.name === 'CsPool') yield* sharedComputers(object, deployment);
    if (object.section.name === 'CsComputer') yield* strayComputer(object, deployment);
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
      `CsPool:
  - { Identity: pool01.contoso.com, Computers: [fe01.contoso.com, fe02.contoso.com] }
  - Identity: pool02.contoso.com
    Computers:
      - FE02.contoso.com
      # ^^^^^^^^^^^^^^^^ no-duplicate-identity
      - fe03.contoso.com
`,
      `CsPool:
  - { Identity: pool01.contoso.com, Computers: [fe01.contoso.com] }
CsComputer:
  - Identity: fe01.contoso.com
    Pool: pool02.contoso.com
    #     ^^^^^^^^^^^^^^^^^^ no-duplicate-identity
`,
    ],
    good: [
      `CsPool:
  - { Identity: pool01.contoso.com, Computers: [fe01.contoso.com, fe02.contoso.com] }
CsComputer:
  - { Identity: fe01.contoso.com, Pool: POOL01.contoso.com }
  - { Identity: fe02.contoso.com, Pool: pool01.contoso.com }
CsUser:
  - { SipAddress: sip:ken@contoso.com, LineURI: tel:+14255550100;ext=100 }
  - { SipAddress: sip:ann@contoso.com, LineURI: tel:+14255550100;ext=101 }
`,
    ],
    near: [
      `# A computer has one entry for each component that is installed on it.
CsServerPatchVersion:
  - { PSComputerName: fe01.contoso.com, ComponentName: Front End Server, Version: 5.0.8308.420 }
  - { PSComputerName: fe01.contoso.com, ComponentName: Core Components, Version: 5.0.8308.420 }
`,
      `# A pool and its only server have one name, and so may a policy and a site.
CsPool:
  - { Identity: se01.contoso.com, Computers: [se01.contoso.com] }
CsComputer:
  - { Identity: se01.contoso.com, Pool: se01.contoso.com }
CsClientPolicy:
  - { Identity: Site:Dublin }
  - { Identity: Tag:Dublin }
`,
      `# Nobody has the line of somebody who has none.
CsUser:
  - { SipAddress: sip:ken@contoso.com, LineURI: }
  - { SipAddress: sip:ann@contoso.com, LineURI: "" }
`,
    ],
  },
});

/** Computers that a pool before this one in the files has, too. */
function* sharedComputers(pool: LyncObject, deployment: Deployment): Generator<Report> {
  const computers = pool.setProperty('Computers');
  for (const { node, block } of computers ? namesOf(pool, computers, 'CsComputer') : []) {
    const [first] = poolsWith(node.text, deployment);
    // The same pool twice is one mistake, not one for each computer.
    if (!first || first === pool || first.keys[0] === pool.keys[0]) continue;
    yield {
      at: place(pool.file, block, node),
      message: `'${node.text}' is a computer of two pools: '${first.subject}' has it, too. Leave it where it is installed.`,
      related: [{ at: first.at, message: `The first pool that has '${node.text}'` }],
    };
  }
}

/** A computer that says it is of one pool while another one lists it. */
function* strayComputer(computer: LyncObject, deployment: Deployment): Generator<Report> {
  const named = computer.setProperty('Pool');
  const pool = named && referenceName(named.value)?.trim().toLowerCase();
  const [first, ...others] = poolsWith(computer.subject, deployment);
  if (!named || !first || [first, ...others].some(({ keys }) => keys[0] === pool)) return;
  yield {
    at: computer.placeOf(named),
    message: `'${computer.subject}' is a computer of two pools: it names this one, and '${first.subject}' lists it. Leave it where it is installed.`,
    related: [{ at: first.at, message: `The pool that lists '${computer.subject}'` }],
  };
}

/** The pools that list a computer, by file and place. */
function poolsWith(computer: string, deployment: Deployment): readonly LyncObject[] {
  const scratch = deployment.scratch('CsPool') as Map<string, Map<string, LyncObject[]>>;
  let pools = scratch.get('pools by computer');
  if (!pools) {
    pools = new Map();
    for (const pool of deployment.all('CsPool')) {
      const computers = pool.setProperty('Computers');
      for (const { node } of computers ? namesOf(pool, computers, 'CsComputer') : []) {
        const name = node.text.trim().toLowerCase();
        const known = pools.get(name);
        if (known) known.push(pool);
        else pools.set(name, [pool]);
      }
    }
    scratch.set('pools by computer', pools);
  }
  return pools.get(computer.trim().toLowerCase()) ?? [];
}
