/** Lync's servers as far as plans act on them: cmdlets that work on plain data, and refuse what the real ones refuse. */
import assert from 'node:assert/strict';
import type { Settings, PlanSteps } from '../../server/src/emitters/planSteps.ts';
import { sectionType } from '../../server/src/schema/schema.ts';

export type Value = boolean | number | string | null | readonly string[];
export type Values = Readonly<Record<string, Value>>;

export interface State {
  /** By noun, then by identity: `Global`, `Tag:A`. A value that is left out is not set. */
  readonly objects: Readonly<Record<string, Readonly<Record<string, Values>>>>;
  /** By address. */
  readonly users: Readonly<Record<string, Values>>;
  /** Whose contacts are in Exchange. */
  readonly migrated: readonly string[];
}

/** The value that the schema documents for what is not set. */
function defaultOf(noun: string, property: string): Value {
  const type = sectionType(noun)?.property(property);
  assert.ok(type, `${noun} has no ${property}`);
  return Array.isArray(type.default) ? null : ((type.default ?? null) as Value);
}

/** An object as the servers have it. */
class Thing {
  readonly #noun: string;
  readonly #values = new Map<string, Value>();

  constructor(noun: string, values: Values = {}) {
    this.#noun = noun;
    for (const [name, value] of Object.entries(values)) this.set(name, value);
  }

  get(name: string): Value {
    return this.#values.get(name) ?? defaultOf(this.#noun, name);
  }

  set(name: string, value: Value): void {
    const type = sectionType(this.#noun)?.property(name);
    assert.ok(type && type.readOnly !== true, `${this.#noun} has no parameter ${name}`);
    if (value === null)
      assert.ok(
        type.nullable === true || type.type === 'string' || type.type === 'list' || type.type === 'reference',
        `${name} of ${this.#noun} cannot be $null`,
      );
    if (type.type === 'boolean' && value !== null) assert.equal(typeof value, 'boolean');
    if (type.type === 'integer' && value !== null) assert.equal(typeof value, 'number');
    if (type.type === 'enum') assert.ok(type.values?.includes(String(value)), `${name}: ${String(value)}`);
    const isDefault = JSON.stringify(value) === JSON.stringify(defaultOf(this.#noun, name));
    if (isDefault || (Array.isArray(value) && value.length === 0)) this.#values.delete(name);
    else this.#values.set(name, value);
  }

  toJSON(): unknown {
    return Object.fromEntries([...this.#values].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

const policyNouns = /^Cs\w+Policy$/;

export class Servers {
  readonly #objects = new Map<string, Map<string, Thing>>();
  readonly #users = new Map<string, Thing>();
  readonly #migrated: Set<string>;
  /** How many cmdlets that change something were run. */
  changes = 0;

  constructor({ objects, users, migrated }: State) {
    for (const [noun, things] of Object.entries(objects)) {
      const own = new Map(
        Object.entries(things).map(([identity, values]) => [identity, new Thing(noun, values)]),
      );
      if (!own.has('Global')) own.set('Global', new Thing(noun));
      this.#objects.set(noun, own);
    }
    for (const [user, values] of Object.entries(users)) this.#users.set(user, new Thing('CsUser', values));
    this.#migrated = new Set(migrated);
  }

  /** Does what the script does, in its order, and checks first what it checks. */
  run(steps: PlanSteps): void {
    this.#check(steps);
    for (const step of [...steps.made, ...steps.set]) this.#update(step);
    for (const { noun, user, policy } of steps.grants) this.#grant(noun.name, user, policy);
    for (const { user, to } of steps.users) this.#setEach(this.#user(user), to);
    for (const { user, to } of steps.moves) this.#setEach(this.#user(user), new Map([['RegistrarPool', to]]));
    for (const { user, scopes } of steps.rollbacks) this.#rollBack(user, scopes);
    for (const step of steps.signIn) this.#update(step);
    for (const { section, identity } of steps.gone) this.#remove(section.name, identity);
  }

  /** What they hold, in one order. */
  get contents(): unknown {
    const sorted = <T>(map: ReadonlyMap<string, T>): [string, T][] =>
      [...map].sort(([a], [b]) => (a < b ? -1 : 1));
    return JSON.parse(
      JSON.stringify({
        objects: sorted(this.#objects).map(([noun, things]) => [noun, sorted(things)]),
        users: sorted(this.#users),
      }),
    ) as unknown;
  }

  get migrated(): string[] {
    return [...this.#migrated].sort();
  }

  #check({ made, set, signIn, gone, grants, users, moves }: PlanSteps): void {
    for (const { section, identity, from, to } of [...made, ...set, ...signIn, ...gone]) {
      const thing = this.#things(section.name).get(identity);
      if (!thing) {
        assert.ok(!from || !to, `${section.name} ${identity} is not there`);
        continue;
      }
      this.#checkValues(thing, from, to);
    }
    for (const { user, from, to } of users) this.#checkValues(this.#user(user), from, to);
    for (const { noun, user, from, policy } of grants)
      assert.ok([from, policy].includes(this.#user(user).get(noun.name.slice(2)) as string | null));
    for (const { user, from, to } of moves)
      assert.ok([from, to].includes(this.#user(user).get('RegistrarPool') as string));
  }

  #checkValues(thing: Thing, from: Settings | undefined, to: Settings | undefined): void {
    for (const name of (to ?? from ?? new Map<string, Value>()).keys()) {
      if (from && !from.has(name)) continue;
      const may = [from, to]
        .filter((state) => state?.has(name))
        .map((state) => JSON.stringify(state?.get(name)));
      assert.ok(may.includes(JSON.stringify(thing.get(name))), `${name} is in neither state`);
    }
  }

  #update({ section: { name: noun }, identity, from, to }: PlanSteps['made'][number]): void {
    const things = this.#things(noun);
    const present = things.get(identity);
    assert.ok(to);
    if (present) {
      this.#setEach(present, to);
      return;
    }
    assert.ok(!from, `Set-${noun}: there is no ${identity}`);
    const made = new Thing(noun);
    things.set(identity, made);
    this.changes++;
    this.#setEach(made, to);
  }

  #setEach(thing: Thing, values: Settings): void {
    for (const [name, value] of values) {
      if (JSON.stringify(thing.get(name)) === JSON.stringify(value)) continue;
      this.changes++;
      thing.set(name, value);
    }
  }

  #grant(noun: string, user: string, policy: string | null): void {
    assert.ok(
      policy === null || this.#things(noun).has(`Tag:${policy}`),
      `Grant-${noun}: there is no ${policy ?? ''}`,
    );
    this.#setEach(this.#user(user), new Map([[noun.slice(2), policy]]));
  }

  /** As Restore-ContactList does: not where the policy allows the store. */
  #rollBack(user: string, scopes: readonly string[]): void {
    if (!this.#migrated.has(user)) return;
    const policies = this.#things('CsUserServicesPolicy');
    const own = this.#user(user).get('UserServicesPolicy');
    const identity = own === null ? scopes.find((scope) => policies.has(scope)) : `Tag:${String(own)}`;
    assert.equal(
      policies.get(identity ?? 'Global')?.get('UcsAllowed'),
      false,
      `${user}: for seven days only`,
    );
    this.#migrated.delete(user);
    this.changes++;
  }

  #remove(noun: string, identity: string): void {
    const things = this.#things(noun);
    assert.notEqual(identity, 'Global', `Remove-${noun} Global`);
    if (policyNouns.test(noun) && identity.startsWith('Tag:'))
      for (const [name, user] of this.#users)
        assert.notEqual(`Tag:${String(user.get(noun.slice(2)))}`, identity, `${name} still has ${identity}`);
    if (things.delete(identity)) this.changes++;
  }

  #things(noun: string): Map<string, Thing> {
    const things = this.#objects.get(noun);
    assert.ok(things, noun);
    return things;
  }

  #user(name: string): Thing {
    const user = this.#users.get(name);
    assert.ok(user, `there is no user ${name}`);
    return user;
  }
}
