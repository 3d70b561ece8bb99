import type { Severity } from '../model/configuration.ts';
import type { LyncObject } from '../model/object.ts';
import type { Place } from '../model/place.ts';
import type { Fix, Rule } from './rule.ts';

/** Something that a rule has to say about one place. */
export interface Finding {
  readonly rule: Rule;
  /** What is wrong, why it matters, what to do; names in single quotes. */
  readonly message: string;
  readonly at: Place;
  readonly related: readonly Related[];
  /** The object that it is about, if it is about one. */
  readonly object: LyncObject | undefined;
  /** Where it differs from the rule's own. */
  readonly severity: Severity | undefined;
  /** Of what the linter itself finds: how it goes away. */
  readonly fixes?: readonly Fix[];
}

/** Another place that has to do with a finding, and what. */
export interface Related {
  readonly at: Place;
  readonly message: string;
}

/** What a rule yields; the linter adds the rest. */
export interface Report {
  readonly message: string;
  /** The object's name if left out. */
  readonly at?: Place | undefined;
  readonly related?: readonly (Related | undefined)[];
  readonly severity?: Severity;
}
