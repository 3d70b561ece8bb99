/**
 * Files that are too large to be held, looked at piece by piece: some people of a file, with everything in the deployment that
 * is not an entry of a large file. What people of different pieces have in common is known by their names, as numbers: pieces
 * that share one are looked at together. A piece is looked at by whoever has time, so all that is told crosses threads.
 */
import type { Rule } from './linter/rule.ts';
import type { SeverityOverrides } from './linter/judge.ts';
import type { LyncObject } from './model/object.ts';
import { FileContents } from './model/contents.ts';
import { factsOf, standingKey, type StandingFacts } from './model/standing.ts';
import { Block } from './parser/block.ts';
import type { BlockKind } from './parser/cut.ts';
import { SourceFile } from './parser/sourceFile.ts';
import { Project } from './project.ts';
import { writeFindings, type View, type WrittenFindings } from './reporters/file.ts';
import { numberOf } from './reporters/fingerprint.ts';

/** What everybody must know who looks at pieces of a deployment. */
export interface Setup {
  readonly folders: readonly string[];
  readonly configurations: readonly (readonly [uri: string, text: string])[];
  /** The files that are not large. */
  readonly files: readonly { readonly uri: string; readonly text: string; readonly named: boolean }[];
  readonly overrides: SeverityOverrides;
  readonly view: View;
}

/** A large file, and into how many pieces it is divided. */
export interface LargeFile {
  readonly uri: string;
  readonly named: boolean;
  readonly parts: number;
  /** In bytes. */
  readonly size: number;
}

/** One piece of it. */
export interface Piece {
  readonly file: LargeFile;
  /** From 0. */
  readonly part: number;
}

export interface Task {
  /** The pieces that are looked at together. */
  readonly pieces: readonly Piece[];
  /** What else is in the large files, once that is known. */
  readonly sketches: readonly Sketch[];
  /** The people of other pieces. */
  readonly others: readonly Headcount[];
  readonly wants: 'survey' | 'report' | 'both';
  /** How many findings, by the number of their fingerprint, stand in pieces of the file that come before, where that matters. */
  readonly before?: ReadonlyMap<number, number>;
}

export interface PieceResult {
  readonly survey: Survey | undefined;
  readonly report: WrittenFindings | undefined;
}

/** What others have to know of a piece. */
export interface Survey {
  /** The names of its people, each as a number, sorted. */
  readonly names: Float64Array;
  readonly headcounts: readonly Headcount[];
  /** Whether comments may silence something in it: which are of no use depends on the sections that other files have. */
  readonly hasSuppressions: boolean;
  /** Told by the first piece of a file. */
  readonly sketch: Sketch | undefined;
}

/** How many users have the same standing. */
export interface Headcount {
  readonly key: string;
  readonly facts: StandingFacts;
  readonly users: number;
}

/** A large file without its people. */
export interface Sketch {
  readonly uri: string;
  readonly named: boolean;
  readonly blocks: readonly SketchedBlock[];
  /** Whether it holds objects that are no people: others may refer to those. */
  readonly isMixed: boolean;
}

interface SketchedBlock {
  readonly kind: BlockKind;
  readonly text: string;
  readonly mode: number;
  readonly length: number;
  readonly lines: number;
}

/** What a task needs of the world. */
export interface World {
  readonly rules: readonly Rule[];
  /** A file's text. @throws where it cannot be read any more */
  readonly read: (uri: string) => Promise<string>;
  /** A file's name for the reader. */
  readonly nameOf: (file: SourceFile) => string;
}

/** A project of all that is not in a piece. */
export function frameProject(setup: Setup, rules: readonly Rule[], sketches: readonly Sketch[]): Project {
  const project = new Project(rules, setup.overrides, { once: true });
  project.setFolders(setup.folders);
  for (const [uri, text] of setup.configurations) project.setConfiguration(uri, text);
  for (const { uri, text, named } of setup.files) project.setFile(uri, text, { named });
  for (const { uri, named, blocks } of sketches)
    project.addFile(new SourceFile(uri, blocks.map(toBlock)), { named });
  return project;
}

/** Looks at the pieces of a task. @returns for each of them what was wanted */
export async function runTask(
  { pieces, sketches, others, wants, before }: Task,
  setup: Setup,
  world: World,
): Promise<PieceResult[]> {
  const opened: Opened[] = [];
  for (const piece of pieces) opened.push(await open(piece, world));
  if (wants === 'survey') {
    return opened.map((piece) => {
      const objects = piece.own.flatMap((block) =>
        piece.contents.isPerson(block) ? piece.contents.of(block).objects : [],
      );
      return { survey: survey(piece, objects), report: undefined };
    });
  }

  const uris = new Set(pieces.map(({ file }) => file.uri));
  const project = frameProject(
    setup,
    world.rules,
    sketches.filter(({ uri }) => !uris.has(uri)),
  );
  const copies = new Map<Block, Block>();
  for (const uri of uris) {
    const [first, ...more] = opened.filter(({ piece }) => piece.file.uri === uri);
    if (!first) continue;
    const people = new Set([first, ...more].flatMap(({ own }) => own));
    project.addFile(sparse(first, people, copies), { named: first.piece.file.named });
  }
  for (const workspace of project.workspaces)
    for (const { key, facts, users } of others) workspace.deployment.countElsewhere(key, facts, users);
  return opened.map((entry) => {
    const { piece, own } = entry;
    const { uri } = piece.file;
    const mine = new Set(own.map((block) => copies.get(block)));
    const judged = project
      .findings(uri)
      .filter(({ finding: { at, rule } }) => mine.has(at.block) && !isAboutDeployment(rule));
    const written = writeFindings(judged, project.workspaceOf(uri)?.deployment, setup.view, world, before);
    const contents = project.file(uri);
    const objects = [...mine].flatMap((block) =>
      block && contents?.isPerson(block) ? contents.of(block).objects : [],
    );
    return { survey: wants === 'both' ? survey(entry, objects) : undefined, report: written };
  });
}

/** The pieces, those together that have a name in common. */
export function groupsOf(pieces: readonly Piece[], surveys: readonly Survey[]): Piece[][] {
  const owner = new Map<number, number>();
  const group = pieces.map((_, index) => index);
  const rootOf = (index: number): number => {
    let root = index;
    while (group[root] !== root) root = group[root] ?? root;
    return root;
  };
  for (const name of sharedNames(surveys.map(({ names }) => names))) owner.set(name, -1);
  for (const [index, { names }] of surveys.entries()) {
    if (owner.size === 0) break;
    for (const name of names) {
      const other = owner.get(name);
      if (other === undefined) continue;
      if (other < 0) owner.set(name, index);
      else group[rootOf(index)] = rootOf(other);
    }
  }
  const groups = new Map<number, Piece[]>();
  for (const [index, piece] of pieces.entries()) {
    const root = rootOf(index);
    const known = groups.get(root);
    if (known) known.push(piece);
    else groups.set(root, [piece]);
  }
  return [...groups.values()];
}

/** The numbers that are in more than one of the lists, none of which has one twice. */
export function sharedNames(lists: readonly Float64Array[]): Set<number> {
  const all = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  all.sort();
  const shared = new Set<number>();
  for (let i = 1; i < all.length; i++) if (all[i] === all[i - 1]) shared.add(all[i] ?? 0);
  return shared;
}

/** A piece with its file, cut into blocks. */
interface Opened {
  readonly piece: Piece;
  readonly contents: FileContents;
  readonly blocks: readonly Block[];
  /** The stretch of them that is the piece's own. */
  readonly own: readonly Block[];
}

/** The file that was cut last: its next piece is often wanted next. */
let last:
  { readonly uri: string; readonly contents: FileContents; readonly blocks: readonly Block[] } | undefined;

async function open(piece: Piece, { read }: World): Promise<Opened> {
  const { uri, parts } = piece.file;
  let cut = last;
  if (cut?.uri !== uri) {
    // Forgotten before the next is read: two large texts are too much.
    last = undefined;
    const contents = new FileContents(new SourceFile(uri, await read(uri)));
    // Another task may have read its file meanwhile, so what is taken is this one's own.
    last = cut = { uri, contents, blocks: [...contents.file.blocks] };
  }
  const { blocks, contents } = cut;
  // An alias or a comment that silences may reach from one end of the file to the other.
  const isWhole = blocks.some((block) => block.references || maySuppress(block));
  const edge = (part: number): number => {
    if (part === 0) return 0;
    return isWhole || part === parts ? blocks.length : Math.floor((blocks.length * part) / parts);
  };
  return { piece, contents, blocks, own: blocks.slice(edge(piece.part), edge(piece.part + 1)) };
}

function maySuppress({ text }: Block): boolean {
  return text.includes('lync-');
}

/**
 * The file with some of its people, the others elided. Blocks are copied, for one is in one file at a time, and may be wanted
 * for the next piece.
 */
function sparse(
  { piece, blocks, contents }: Opened,
  people: ReadonlySet<Block>,
  copies: Map<Block, Block> = new Map<Block, Block>(),
): SourceFile {
  const kept: Block[] = [];
  let [length, lines] = [0, 0];
  const close = (): void => {
    if (length > 0) kept.push(new Block('elided', '', 0, { length, lines }));
    [length, lines] = [0, 0];
  };
  for (const block of blocks) {
    if (contents.isPerson(block) && !people.has(block)) {
      length += block.length;
      lines += block.lines;
      continue;
    }
    close();
    const copy = new Block(block.kind, block.text, block.mode, block);
    copies.set(block, copy);
    kept.push(copy);
  }
  close();
  return new SourceFile(piece.file.uri, kept);
}

/** @param people the people of the piece */
function survey(opened: Opened, people: readonly LyncObject[]): Survey {
  const names: number[] = [];
  const headcounts = new Map<string, { -readonly [K in keyof Headcount]: Headcount[K] }>();
  for (const person of people) {
    for (const key of person.keys) names.push(numberOf(key));
    if (person.section.name !== 'CsUser') continue;
    const key = person.standing?.key ?? standingKey(person);
    const known = headcounts.get(key);
    if (known) known.users++;
    else headcounts.set(key, { key, facts: factsOf(person), users: 1 });
  }
  return {
    names: withoutRepeats(Float64Array.from(names).sort()),
    headcounts: [...headcounts.values()],
    hasSuppressions: opened.own.some(maySuppress),
    sketch: opened.piece.part === 0 ? sketchOf(opened) : undefined,
  };
}

export function withoutRepeats(sorted: Float64Array): Float64Array {
  return sorted.filter((number, index) => index === 0 || number !== sorted[index - 1]);
}

function sketchOf(opened: Opened): Sketch {
  const { piece, contents } = opened;
  const { file } = piece;
  const blocks = [...sparse(opened, new Set()).blocks].map(({ kind, text, mode, length, lines }) => ({
    kind,
    text,
    mode,
    length,
    lines,
  }));
  const isMixed = opened.blocks.some(
    (block) => !contents.isPerson(block) && contents.of(block).objects.length > 0,
  );
  return { uri: file.uri, named: file.named, blocks, isMixed };
}

function toBlock({ kind, text, mode, length, lines }: SketchedBlock): Block {
  return new Block(kind, text, mode, { length, lines });
}

/** Whether a rule speaks of the deployment as a whole, which no piece can. */
export function isAboutDeployment({ deployment }: Rule): boolean {
  return deployment !== undefined;
}
