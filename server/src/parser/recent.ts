/**
 * What was read from text last. Nodes take ten times the memory of their text, and reading a block again costs microseconds:
 * so a large file's are forgotten as soon as others have been read, and read again when somebody asks.
 */

/** Something that can be had again from what it keeps. */
export interface Forgetful {
  forget(): void;
}

/** Enough for whatever is being looked at, and so few that they die young. */
const most = 64;

const kept: Forgetful[] = [];
let next = 0;

/** Lets `thing` keep what it has read until enough others have read something. */
export function keepForNow(thing: Forgetful): void {
  const oldest = kept[next];
  kept[next] = thing;
  next = (next + 1) % most;
  if (oldest !== thing) oldest?.forget();
}
