import type { TextEdit } from './linter/edits.ts';
import type { Judged, SeverityOverrides } from './linter/judge.ts';
import type { Shown } from './linter/ledger.ts';
import type { Rule } from './linter/rule.ts';
import type { PlacedSuppression } from './linter/suppressions.ts';
import { configurationFileName } from './model/configuration.ts';
import { FileContents } from './model/contents.ts';
import type { Block } from './parser/block.ts';
import { SourceFile, type BlockChange, type Position } from './parser/sourceFile.ts';
import { sectionType } from './schema/schema.ts';
import { Workspace, type WorkspaceOptions } from './workspace.ts';

/** A part of a text that is replaced; `range` left out: all of it. As the Language Server Protocol sends it. */
export interface TextChange {
  readonly range?: { readonly start: Position; readonly end: Position };
  readonly text: string;
}

/** Why a file is in the project. */
export interface FileOptions {
  /** It is part of its deployment whatever its name: somebody has named it. */
  readonly named?: boolean;
  /** It is open in an editor: then it is checked when it has a section that is known here, whatever its name. */
  readonly open?: boolean;
}

/** A file with what the project has to remember of it. */
interface KnownFile {
  readonly contents: FileContents;
  options: FileOptions;
  home: Workspace | undefined;
  /** What the last edit brought: there somebody is at work. */
  edited: readonly Block[];
}

/** How many blocks of an edit count as the place where somebody is at work. */
const mostEdited = 20;

/** Texts in, deployments out: the one place that keeps them. It reads nothing by itself. */
export class Project {
  readonly #rules: readonly Rule[];
  readonly #overrides: SeverityOverrides;
  readonly #options: WorkspaceOptions;
  readonly #workspaces = new Map<string, Workspace>();
  readonly #files = new Map<string, KnownFile>();
  readonly #configurations = new Map<string, SourceFile>();
  #folders: readonly string[] = [];

  /** @param overrides severities by rule id that go before those of any configuration */
  constructor(
    rules: readonly Rule[],
    overrides: SeverityOverrides = new Map(),
    options: WorkspaceOptions = {},
  ) {
    this.#rules = rules;
    this.#overrides = overrides;
    this.#options = options;
  }

  get rules(): readonly Rule[] {
    return this.#rules;
  }

  get workspaces(): readonly Workspace[] {
    return [...this.#workspaces.values()].sort((a, b) => (a.root < b.root ? -1 : 1));
  }

  get uris(): Iterable<string> {
    return this.#files.keys();
  }

  /** The files of the deployment that a file or configuration is part of. */
  deploymentUris(uri: string): string[] {
    const workspace = this.workspaceOf(uri);
    return workspace ? [...this.uris].filter((other) => this.workspaceOf(other) === workspace) : [];
  }

  /** The folders that are deployments where no configuration says otherwise. URIs without trailing slash. */
  setFolders(folders: readonly string[]): void {
    this.#folders = folders;
    this.#rehome();
  }

  /** Takes the text of a `lync.config.yaml`, or that it is gone. */
  setConfiguration(uri: string, text: string | undefined): void {
    const root = folderOf(uri);
    const known = this.#configurations.get(root);
    if (text === undefined) this.#configurations.delete(root);
    else if (known) known.update(text);
    else this.#configurations.set(root, new SourceFile(uri, text));
    this.#workspaces.get(root)?.configure(this.#configurations.get(root));
    this.#rehome();
  }

  /** Takes a file's text; what it had before goes. */
  setFile(uri: string, text: string, options: FileOptions = {}): void {
    const known = this.#files.get(uri);
    if (known) {
      known.options = options;
      this.#change(known, known.contents.file.update(text));
      this.#settle(known);
      return;
    }
    this.addFile(new SourceFile(uri, text), options);
  }

  /** Takes a file that has been cut already. */
  addFile(source: SourceFile, options: FileOptions = {}): void {
    const file: KnownFile = { contents: new FileContents(source), options, home: undefined, edited: [] };
    this.#files.set(source.uri, file);
    this.#settle(file);
  }

  /** Follows edits in the order in which they were made. */
  editFile(uri: string, changes: readonly TextChange[]): void {
    const configuration = this.configurationFile(uri);
    if (configuration) {
      for (const change of changes) applyTo(configuration, change);
      this.#workspace(folderOf(uri)).configure(configuration);
      this.#rehome();
      return;
    }
    const known = this.#files.get(uri);
    if (!known) return;
    for (const change of changes) this.#change(known, applyTo(known.contents.file, change));
    // A section may have come or gone, and with it the reason to check a file of another name.
    this.#settle(known);
  }

  /** Makes one edit, by offsets. */
  editAt(uri: string, { start, end, text }: TextEdit): void {
    const known = this.#files.get(uri);
    if (!known) return;
    this.#change(known, known.contents.file.edit(start, end, text));
    this.#settle(known);
  }

  removeFile(uri: string): void {
    const known = this.#files.get(uri);
    known?.home?.remove(known.contents);
    this.#files.delete(uri);
    this.#prune();
  }

  file(uri: string): FileContents | undefined {
    return this.#files.get(uri)?.contents;
  }

  configurationFile(uri: string): SourceFile | undefined {
    const file = this.#configurations.get(folderOf(uri));
    return file?.uri === uri ? file : undefined;
  }

  /** The deployment that a file is part of; `undefined` where it is none of ours. */
  workspaceOf(uri: string): Workspace | undefined {
    return this.#files.get(uri)?.home ?? (this.configurationFile(uri) && this.#workspaces.get(folderOf(uri)));
  }

  /** Whether a file that nobody has opened or named is to be read, by its path alone. */
  wants(uri: string): boolean {
    const root = this.#rootOf(uri);
    return this.#workspace(root).belongs(uri);
  }

  /**
   * Brings the findings of all deployments up to date, as far as `isEnough` lets it: see {@link Workspace.check}.
   * @returns whether all is done
   */
  check(isEnough?: () => boolean): boolean {
    return this.workspaces.every((workspace) => workspace.check(isEnough));
  }

  /** The URIs of the files in which findings may differ since the last call. */
  takeTouched(): string[] {
    return this.workspaces.flatMap((workspace) => workspace.takeTouched());
  }

  /** What is found in a file or a configuration; nothing where it belongs to no deployment. */
  findings(uri: string): Judged[] {
    const known = this.#files.get(uri);
    if (known) return known.home?.findings(known.contents) ?? [];
    this.workspaceOf(uri)?.check();
    return this.#configurationFindings(uri);
  }

  /**
   * At most `limit` of what is found in a file: at the place of the last edit, and then the most severe. It shows what is known
   * now, and waits for nothing.
   */
  shown(uri: string, limit: number): Shown {
    const known = this.#files.get(uri);
    if (known?.home) return known.home.shown(known.contents, limit, known.edited);
    const findings = known ? [] : this.#configurationFindings(uri);
    return { findings: findings.slice(0, limit), total: findings.length };
  }

  /** What is known to be found in some blocks of a file. */
  findingsIn(uri: string, blocks: Iterable<Block>): Judged[] {
    const known = this.#files.get(uri);
    return known?.home?.findingsIn(known.contents, blocks) ?? [];
  }

  /** How many findings of each rule are known in a file. */
  counts(uri: string): ReadonlyMap<string, number> {
    const known = this.#files.get(uri);
    return known?.home?.counts(known.contents) ?? new Map<string, number>();
  }

  /** The comments of a file that silence findings, by place. */
  suppressions(uri: string): readonly PlacedSuppression[] {
    const known = this.#files.get(uri);
    return known?.home?.suppressions(known.contents) ?? [];
  }

  /** Another project with the deployment of a file and nothing else: in it something can be tried out. */
  fork(uri: string): Project {
    const home = this.workspaceOf(uri);
    const fork = new Project(this.#rules, this.#overrides, this.#options);
    if (!home) return fork;
    fork.setFolders([home.root]);
    const { configurationFile } = home;
    if (configurationFile) fork.setConfiguration(configurationFile.uri, configurationFile.text);
    for (const { contents, options, home: other } of this.#files.values())
      if (other === home) fork.setFile(contents.file.uri, contents.file.text, options);
    return fork;
  }

  #configurationFindings(uri: string): Judged[] {
    return this.configurationFile(uri)
      ? (this.#workspaces.get(folderOf(uri))?.configurationFindings() ?? [])
      : [];
  }

  #change(known: KnownFile, edit: BlockChange): void {
    const { contents, home } = known;
    if (edit.added.length > 0) known.edited = edit.added.slice(0, mostEdited);
    if (home) home.change(contents, edit);
    else contents.change(edit);
  }

  /** Puts a file into the deployment that it belongs to now. */
  #settle(file: KnownFile): void {
    const { uri } = file.contents.file;
    const workspace = this.#workspace(this.#rootOf(uri));
    const { named, open } = file.options;
    const belongs =
      named === true || workspace.belongs(uri) || (open === true && hasKnownSection(file.contents));
    const home = belongs ? workspace : undefined;
    if (home === file.home) return;
    file.home?.remove(file.contents);
    home?.add(file.contents);
    file.home = home;
  }

  #rehome(): void {
    for (const root of this.#configurations.keys()) this.#workspace(root);
    for (const file of this.#files.values()) this.#settle(file);
    this.#prune();
  }

  #workspace(root: string): Workspace {
    let workspace = this.#workspaces.get(root);
    if (!workspace) {
      workspace = new Workspace(root, this.#rules, this.#overrides, this.#options);
      workspace.configure(this.#configurations.get(root));
      this.#workspaces.set(root, workspace);
    }
    return workspace;
  }

  #prune(): void {
    const used = new Set([...this.#files.values()].map(({ home }) => home));
    for (const [root, workspace] of this.#workspaces) {
      if (!used.has(workspace) && !this.#configurations.has(root)) this.#workspaces.delete(root);
    }
  }

  /** The nearest folder above with a configuration; else the folder that was opened; else the file's own. */
  #rootOf(uri: string): string {
    for (let folder = folderOf(uri); folder.includes('/'); folder = folderOf(folder)) {
      if (this.#configurations.has(folder)) return folder;
    }
    const containing = this.#folders.filter((folder) => uri.startsWith(`${folder}/`));
    // What was never saved stands by itself: a copy of a file must not make duplicates of all that is in it.
    return containing.sort((a, b) => b.length - a.length)[0] ?? (folderOf(uri) || uri);
  }
}

/** Whether a URI is that of a configuration. */
export function isConfiguration(uri: string): boolean {
  return uri.endsWith(`/${configurationFileName}`);
}

function applyTo(file: SourceFile, { range, text }: TextChange): BlockChange {
  return range ? file.edit(file.offsetAt(range.start), file.offsetAt(range.end), text) : file.update(text);
}

function hasKnownSection(contents: FileContents): boolean {
  return contents.sections().some(({ key }) => /^cs/i.test(key.text) && sectionType(key.text) !== undefined);
}

function folderOf(uri: string): string {
  return uri.slice(0, Math.max(0, uri.lastIndexOf('/')));
}
