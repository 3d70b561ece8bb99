/** What a fix does to a deployment, in its own terms; edits.ts turns it into text, the PowerShell emitter into cmdlets. */
import type { LyncObject } from '../model/object.ts';
import type { Place } from '../model/place.ts';

export type Change = SetProperty | AddObject | ReplaceText;

/** Gives a property of an object a value; `null` unsets it. */
export interface SetProperty {
  readonly kind: 'set';
  readonly object: LyncObject;
  readonly property: string;
  readonly value: PropertyValue;
}

export type PropertyValue = boolean | number | string | null;

/** Adds an object to a section, which is made where there is none. */
export interface AddObject {
  readonly kind: 'add';
  readonly section: string;
  /** What it is like in everything else; `undefined`: nothing else is set. */
  readonly like: LyncObject | undefined;
  /** The object whose file it goes to if no file has the section. */
  readonly near: LyncObject;
  /** `Identity` first. */
  readonly properties: readonly (readonly [name: string, value: PropertyValue])[];
}

/** Writes a piece of text anew: for what is wrong with the YAML, not with Lync. */
export interface ReplaceText {
  readonly kind: 'replace';
  readonly at: Place;
  readonly text: string;
}
