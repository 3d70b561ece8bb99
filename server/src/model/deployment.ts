import { identityKey, parseIdentity } from '../schema/identity.ts';
import { sectionType, type SectionType } from '../schema/schema.ts';
import { audiencesOfAll, type Audience } from './audience.ts';
import { findBackups, type Backups } from './backup.ts';
import { findPatchLevels, type PatchLevels } from './builds.ts';
import { defaultConfiguration, type Configuration } from './configuration.ts';
import type { BlockContents, FileContents } from './contents.ts';
import { findHybridObstacle } from './hybrid.ts';
import type { LyncObject } from './object.ts';
import { reachOfAll, type Reach } from './reach.ts';
import { Group, SectionIndex } from './sectionIndex.ts';
import { findTwoFactorPools, type TwoFactorPool } from './twoFactorPools.ts';
import { factsOf, Standing, standingKey, type StandingFacts } from './standing.ts';
import { Topology } from './topology.ts';
import { Memo, Source } from './tracking.ts';
import { undefinedNamesOfAll } from './undefinedNames.ts';
import type { Block } from '../parser/block.ts';

/**
 * All files of one Lync deployment as one set of objects. Whatever it is asked under `track` is noted, so that a change
 * reaches exactly those who looked at what changed.
 */
export class Deployment {
  readonly topology: Topology = new Topology(this);
  readonly #files = new Map<string, FileContents>();
  readonly #sections = new Map<SectionType, SectionIndex>();
  readonly #standings = new Map<string, Standing>();
  readonly #population = new Source();
  readonly #standingsOfPool = new Map<string, number>();
  readonly #peopled = new Source();
  readonly #configured = new Source();
  readonly #fileSet = new Source();
  readonly #scratches = new Map<string, Memo<Map<string, unknown>>>();
  readonly #reaches = new Memo(() => reachOfAll(this));
  readonly #audiences = new Memo(() => audiencesOfAll(this));
  readonly #versions = new Memo(
    () =>
      new Set(
        [...this.all('CsService')]
          .map((service) => Number(service.text('Version')))
          .filter((version) => version > 0),
      ),
  );
  readonly #granted = new Memo(() => {
    const policies = new Map<string, Set<string>>();
    const standings = [...this.populated()];
    for (const [section, name] of standings.flatMap(({ assigned }) => [...assigned]))
      policies.set(section, (policies.get(section) ?? new Set<string>()).add(name.toLowerCase()));
    return { isPeopled: standings.length > 0, policies };
  });
  readonly #twoFactorPools = new Memo(() => findTwoFactorPools(this));
  readonly #backups = new Memo(() => findBackups(this));
  readonly #patchLevels = new Memo(() => findPatchLevels(this));
  readonly #hybridObstacle = new Memo(() => findHybridObstacle(this));
  readonly #undefinedNames = new Memo(() => undefinedNamesOfAll(this));
  #configuration: Configuration = defaultConfiguration;

  get configuration(): Configuration {
    this.#configured.read();
    return this.#configuration;
  }

  set configuration(configuration: Configuration) {
    this.#configuration = configuration;
    this.#configured.changed();
  }

  /** The files in the order of their names. */
  get files(): readonly FileContents[] {
    this.#fileSet.read();
    return [...this.#files.values()].sort((a, b) => (a.file.uri < b.file.uri ? -1 : 1));
  }

  file(uri: string): FileContents | undefined {
    return this.#files.get(uri);
  }

  /** Takes a file in, without what its blocks hold: that enters by {@link apply}. */
  open(contents: FileContents): void {
    this.#files.set(contents.file.uri, contents);
    this.#fileSet.changed();
  }

  close(contents: FileContents): void {
    this.#files.delete(contents.file.uri);
    this.#fileSet.changed();
  }

  /** Whether any file has the section, be it empty: only then do the files say something about it. */
  has(section: string): boolean {
    const state = this.#section(section);
    state.read();
    return state.uses > 0;
  }

  /** The objects of a section, by file and place. */
  all(section: string): readonly LyncObject[] {
    const state = this.#section(section);
    state.read();
    return state.objects;
  }

  /** How many objects a section has. */
  count(section: string): number {
    const state = this.#section(section);
    state.read();
    return state.size;
  }

  /** The object of that name, given as any file may write it; of several the first. */
  find(section: string, name: string): LyncObject | undefined {
    return this.#named(section, name)[0];
  }

  /** Every object of that name, by file and place. */
  namesakes(section: string, name: string): readonly LyncObject[] {
    return this.#named(section, name);
  }

  /** Whether the files define a name, or say nothing of its section: only a name in neither case is wrong. */
  resolves(section: string, name: string): boolean {
    return this.#named(section, name).length > 0 || !this.has(section);
  }

  /** Every spelling under which objects of a section are found, in no order: see {@link LyncObject.keys}. No object is read. */
  names(section: string): Iterable<string> {
    return this.#section(section).names.keys();
  }

  #named(section: string, name: string): readonly LyncObject[] {
    const type = sectionType(section);
    return this.#section(section).named(type ? identityKey(type, name) : name);
  }

  /** What Lync makes of a user: pool, policies, two factors. Users who have the same in their files share one. */
  standing(user: LyncObject): Standing {
    const standing = this.#standingOf(user);
    standing.read();
    return standing;
  }

  /** The same of a user who has entered; `undefined` for others. */
  standingOfMember(user: LyncObject): Standing | undefined {
    return user.standing;
  }

  /** Counts users who belong to the deployment although the files that have them are not here. */
  countElsewhere(key: string, facts: StandingFacts, users: number): Standing {
    let standing = this.#standings.get(key);
    if (!standing) this.#standings.set(key, (standing = new Standing(this, key, facts)));
    const touched = new Set<Source>([this.#population]);
    if (standing.size === 0) this.#countPool(standing, 1, touched);
    standing.elsewhere += users;
    for (const source of touched) source.changed();
    return standing;
  }

  /** The standings that at least one user has. */
  populated(): Iterable<Standing> {
    this.#population.read();
    return [...this.#standings.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  /** The registrar pools that at least one user has, as the users write them. */
  peopledPools(): Iterable<string> {
    this.#peopled.read();
    return [...this.#standingsOfPool.keys()].sort();
  }

  /** Whom an object reaches, and what it leaves on for those who cannot use it; `undefined` if it is effective for nobody. */
  reach(object: LyncObject): Reach | undefined {
    return this.#reaches.get().get(object);
  }

  /** Whom a policy or configuration applies to; `undefined` if that is nobody. */
  audience(object: LyncObject): Audience | undefined {
    return this.#audiences.get().ofObject.get(object);
  }

  /** The users who are homed on a pool; `undefined` if that is nobody. */
  audienceOfPool(pool: string): Audience | undefined {
    return this.#audiences.get().ofPool.get(pool.toLowerCase());
  }

  /** Whether there are users, and none of them, enabled or not, is granted a per-user policy. */
  isGrantedToNobody(section: string, policy: string): boolean {
    const { isPeopled, policies } = this.#granted.get();
    return isPeopled && policies.get(section)?.has(parseIdentity(policy).name.toLowerCase()) !== true;
  }

  /** The pools whose own configuration makes two-factor users of their users. */
  twoFactorPools(): readonly TwoFactorPool[] {
    return this.#twoFactorPools.get();
  }

  /** Which pool stands in for which. */
  backups(): Backups {
    return this.#backups.get();
  }

  /** The builds that are installed, by computer and by pool. */
  patchLevels(): PatchLevels {
    return this.#patchLevels.get();
  }

  /** Why Hybrid Modern Authentication cannot be in use, if it is declared; `undefined` where nothing stands against it. */
  hybridObstacle(): string | undefined {
    return this.#hybridObstacle.get();
  }

  /** A place to keep what was worked out from a section's objects alone: it is empty again as soon as one of them changes. */
  scratch(section: string): Map<string, unknown> {
    let scratch = this.#scratches.get(section);
    if (!scratch) {
      scratch = new Memo(() => {
        this.#section(section).read();
        return new Map<string, unknown>();
      });
      this.#scratches.set(section, scratch);
    }
    return scratch.get();
  }

  /** The names of a section's objects that are referred to and defined nowhere, with how many objects do. */
  undefinedNames(section: SectionType): ReadonlyMap<string, number> {
    return this.#undefinedNames.get().get(section) ?? new Map<string, number>();
  }

  /** The products that the topology runs, 5 to 8; empty where the files do not say. */
  versions(): ReadonlySet<number> {
    return this.#versions.get();
  }

  /** For each name of an object that must be its alone, everyone who has it, by file and place. */
  sharing(object: LyncObject): (readonly LyncObject[])[] {
    const section = this.#section(object.section.name);
    return object.keys.map((key) => section.named(key));
  }

  #section(name: string): SectionIndex {
    const type = sectionType(name);
    if (!type) throw new Error(`There is no section '${name}'.`);
    let section = this.#sections.get(type);
    if (!section) this.#sections.set(type, (section = new SectionIndex()));
    return section;
  }

  /** Whether some object of a section applies to one site only: then a user's site matters. */
  hasSiteScoped(section: string): boolean {
    const state = this.#section(section);
    state.read();
    for (const [key, known] of state.names)
      if (key.startsWith('site:') && (known instanceof Group ? known.size > 0 : true)) return true;
    return false;
  }

  /** Takes what blocks hold out and in, and then, when all is in place, tells those who had looked. */
  apply(removed: Iterable<[Block, BlockContents]>, added: Iterable<[Block, BlockContents]>): void {
    const touched = new Set<Source>();
    const counts = new Map<Standing, number>();
    const move = (object: LyncObject, come: boolean): void => {
      const section = this.#section(object.section.name);
      section.move(object, come);
      touched.add(section);
      for (const key of object.keys) {
        const group = section.moveName(key, object, come);
        if (group) touched.add(group);
      }
      if (object.section.name !== 'CsUser') return;
      const standing = this.#standingOf(object);
      if (!counts.has(standing)) counts.set(standing, standing.size);
      if (come) {
        standing.users.add(object);
      } else {
        standing.users.delete(object);
        object.standing = undefined;
      }
    };
    for (const [, contents] of removed) {
      for (const object of contents.objects) move(object, false);
      for (const { type } of contents.sections) if (type) this.#count(type, -1, touched);
    }
    for (const [, contents] of added) {
      for (const object of contents.objects) move(object, true);
      for (const { type } of contents.sections) if (type) this.#count(type, 1, touched);
    }
    for (const [standing, count] of counts) {
      if (count === 0) this.#countPool(standing, 1, touched);
      if (standing.size !== count) touched.add(this.#population);
      if (standing.size > 0) continue;
      this.#standings.delete(standing.key);
      this.#countPool(standing, -1, touched);
      // Whoever has looked at it would not be told of what becomes of the next one with the same key.
      standing.invalidate();
    }
    for (const source of touched) source.changed();
  }

  #standingOf(user: LyncObject): Standing {
    if (user.standing) return user.standing;
    const key = standingKey(user);
    let standing = this.#standings.get(key);
    if (!standing) this.#standings.set(key, (standing = new Standing(this, key, factsOf(user))));
    user.standing = standing;
    return standing;
  }

  #countPool({ pool }: Standing, by: 1 | -1, touched: Set<Source>): void {
    if (pool === undefined) return;
    const count = (this.#standingsOfPool.get(pool) ?? 0) + by;
    if (count === 0) this.#standingsOfPool.delete(pool);
    else this.#standingsOfPool.set(pool, count);
    if (count === 0 || (count === 1 && by === 1)) touched.add(this.#peopled);
  }

  #count(type: SectionType, by: 1 | -1, touched: Set<Source>): void {
    const section = this.#section(type.name);
    section.uses += by;
    touched.add(section);
  }
}
