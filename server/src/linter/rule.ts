import type { Severity } from '../model/configuration.ts';
import type { FileContents, BlockContents } from '../model/contents.ts';
import type { Deployment } from '../model/deployment.ts';
import type { LyncObject } from '../model/object.ts';
import type { Block } from '../parser/block.ts';
import type { Change } from './change.ts';
import type { Finding, Report } from './finding.ts';

/**
 * A rule looks at one thing at a time and yields what is wrong with it. What else it looks at, it asks the deployment for:
 * that is noted, and the rule runs again when any of it changes. It keeps nothing.
 */
export interface Rule {
  /** Also the name of its file, of its page, and the code in the editor. Fixed for ever: other programs rely on it. */
  readonly id: string;
  readonly severity: Severity;
  readonly group: RuleGroup;
  /** One sentence: what it finds. */
  readonly summary: string;
  /** Why that matters, with the source it rests on. */
  readonly why: string;
  /** What to do about it. */
  readonly remedy: string;
  /** Sections without which it cannot look at all. */
  readonly needs?: readonly string[];
  /** The sections whose objects it looks at; all if left out. */
  readonly sections?: readonly string[];
  /**
   * It looks at what one person alone has, a name, an address or a number, or at who else has the same. All other rules must find
   * the same of two people whose entries differ in nothing else.
   */
  readonly isPersonal?: boolean;
  /** Whether what it would have to know to judge an object is in no file, beyond what it always needs. */
  readonly lacks?: (object: LyncObject, deployment: Deployment) => boolean;
  readonly object?: (object: LyncObject, deployment: Deployment) => Iterable<Report>;
  readonly block?: (block: BlockSubject, deployment: Deployment) => Iterable<Report>;
  readonly deployment?: (deployment: Deployment, rules: readonly Rule[]) => Iterable<Report>;
  /** How the finding can be made to go away, the best way first. */
  readonly fixes?: (finding: Finding, deployment: Deployment) => Iterable<Fix>;
  /** What to run on the servers for it, beyond what the table of lost features gives; the pages and the command line show it. */
  readonly shell?: readonly ShellStep[];
  readonly examples: Examples;
}

/** Commands of the Lync Server Management Shell, and what they are for, in Markdown. */
export interface ShellStep {
  readonly text: string;
  readonly commands: readonly string[];
}

export type RuleGroup = 'features' | 'passive' | 'exchange' | 'files';

export interface BlockSubject {
  readonly file: FileContents;
  readonly block: Block;
  readonly contents: BlockContents;
}

export interface Fix {
  readonly title: string;
  readonly changes: readonly Change[];
  /**
   * It is a guess, or changes something for people whom the finding is not about: never done unless somebody picks it.
   */
  readonly onlyByHand?: boolean;
}

/**
 * Deployments of one file each: `bad` has exactly this rule's finding where `# ^^^` points, `good` has none of it, and neither
 * has `near`, what somebody who knows the rule by hearsay would expect to be reported: it begins with a comment that says why not.
 */
export interface Examples {
  readonly bad: readonly string[];
  readonly good: readonly string[];
  readonly near?: readonly string[];
}

/** Keeps a rule's type while letting it be written as a literal. */
export function rule(definition: Rule): Rule {
  return definition;
}
