/**
 * What a fix, or an import into files that are there, does to a deployment, in its own terms; edits.ts turns it into text, the
 * PowerShell emitter into cmdlets.
 */
import type { LyncObject } from '../model/object.ts';
import type { Place } from '../model/place.ts';

export type Change = SetProperty | AddObject | ReplaceText;

/** What files can hold beyond what a cmdlet's parameter takes. */
export type FileChange = SetProperty<WrittenValue> | AddObject<WrittenValue> | ReplaceText | RemoveObject;

/** Gives a property of an object a value; `null` unsets it. */
export interface SetProperty<Value extends WrittenValue = PropertyValue> {
  readonly kind: 'set';
  readonly object: LyncObject;
  readonly property: string;
  readonly value: Value;
}

export type PropertyValue = boolean | number | string | null;

export type WrittenValue =
  PropertyValue | readonly WrittenValue[] | { readonly [name: string]: WrittenValue };

/** Adds an object to a section, which is made where there is none. */
export interface AddObject<Value extends WrittenValue = PropertyValue> {
  readonly kind: 'add';
  readonly section: string;
  /** What it is like in everything else; `undefined`: nothing else is set. */
  readonly like: LyncObject | undefined;
  /** The object whose file it goes to if no file has the section. */
  readonly near: LyncObject;
  /** `Identity` first. */
  readonly properties: readonly (readonly [name: string, value: Value])[];
}

/** Writes a piece of text anew: for what is wrong with the YAML, not with Lync. */
export interface ReplaceText {
  readonly kind: 'replace';
  readonly at: Place;
  readonly text: string;
}

/** Takes an object that is an item of its section out of its file: {@link isRemovable} says whether it is one. */
export interface RemoveObject {
  readonly kind: 'remove';
  readonly object: LyncObject;
}
