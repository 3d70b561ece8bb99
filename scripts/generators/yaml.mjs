// Objects as powershell-yaml writes them, for deployments that are made up.

/** @typedef {{ readonly [key: string]: Value }} Item */
/** @typedef {string | number | boolean | null} Scalar */
/** @typedef {Scalar | Item | readonly (Scalar | Item)[]} Value */

/** A section with its objects. `null` is an empty value: not set. */
export function section(/** @type {string} */ name, /** @type {readonly Item[]} */ items) {
  return `${name}:\n${items.map((item) => entries(item, '  ').replace(/^ {2}/, '- ')).join('')}`;
}

/** @type {(item: Item, indent: string) => string} */
function entries(item, indent) {
  return Object.entries(item)
    .map(([key, value]) => `${indent}${key}:${after(value, indent)}`)
    .join('');
}

/** What stands behind a key's colon. @type {(value: Value, indent: string) => string} */
function after(value, indent) {
  if (value === null) return '\n';
  if (typeof value !== 'object') return ` ${scalar(value)}\n`;
  if (!isList(value)) return `\n${entries(value, `${indent}  `)}`;
  if (value.length === 0) return ' []\n';
  return `\n${value.map((item) => listed(item, indent)).join('')}`;
}

/** @type {(item: Scalar | Item, indent: string) => string} */
function listed(item, indent) {
  if (item === null || typeof item !== 'object')
    return `${indent}- ${item === null ? 'null' : scalar(item)}\n`;
  return entries(item, `${indent}  `).replace(/^( *) {2}/, '$1- ');
}

/** @type {(value: Item | readonly (Scalar | Item)[]) => value is readonly (Scalar | Item)[]} */
function isList(value) {
  return Array.isArray(value);
}

/** @type {(value: string | number | boolean) => string} */
function scalar(value) {
  if (typeof value !== 'string') return String(value);
  return /^[A-Za-z0-9/][^#]*$/.test(value) && !/: |^(?:[\d.]+|true|false|null|yes|no|on|off)$/i.test(value)
    ? value
    : `'${value.replaceAll("'", "''")}'`;
}
