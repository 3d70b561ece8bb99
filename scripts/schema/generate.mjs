// Merges cmdlets.json, topology.json and descriptions.json into server/src/schema/sections.json.
//   node scripts/schema/generate.mjs           writes the file
//   node scripts/schema/generate.mjs --check   exits 1 when the file is stale or a description is missing
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const load = (path) => JSON.parse(readFileSync(here(path), 'utf8'));

const TARGET = '../../server/src/schema/sections.json';
const SERVER_PRODUCTS = ['Lync2010', 'Lync2013', 'SfB2015', 'SfB2019'];
const KINDS = ['topology', 'user', 'policy', 'configuration', 'object'];
const TYPES = [
  'boolean',
  'integer',
  'string',
  'enum',
  'timespan',
  'datetime',
  'guid',
  'identity',
  'reference',
  'list',
  'object',
];
const DEFAULT_KINDS = ['documented', 'unset', 'memory', 'conflict', 'unknown', 'n/a'];
const SECTION_KEYS = [
  'kind',
  'description',
  'cmdlet',
  'key',
  'scopes',
  'serviceRoles',
  'grantCmdlet',
  'note',
  'open',
  'properties',
];
const FLAGS = ['nullable', 'required', 'readOnly', 'open'];
const PROPERTY_KEYS = [
  'type',
  'items',
  'target',
  'values',
  'valueDescriptions',
  'default',
  'defaultKind',
  'minimum',
  'maximum',
  'unit',
  'nullable',
  'required',
  'readOnly',
  'deprecated',
  'deprecatedSince',
  'products',
  'description',
  'note',
];

const cmdlets = load('cmdlets.json').objects;
const topology = load('topology.json');
const descriptions = load('descriptions.json');
const problems = [];

/** The keys of an object in the given order, absent and null ones left out (null only stays as a default). */
function ordered(object, order, where) {
  const result = {};
  for (const key of Object.keys(object)) {
    if (!order.includes(key)) problems.push(`${where} has the unexpected key "${key}"`);
  }
  for (const key of order) {
    if (object[key] === undefined || (object[key] === false && FLAGS.includes(key))) continue;
    if (object[key] === null && key !== 'default') continue;
    result[key] = object[key];
  }
  return result;
}

const byName = (a, b) => {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  return x < y ? -1 : x > y ? 1 : 0;
};

/** One property, from what a cmdlet takes (`parameter`) and what it prints (`attribute`). */
function fromCmdlet(parameter, attribute) {
  const { policyObject, source, ...printed } = attribute ?? {};
  const { source: _source, ...taken } = parameter ?? {};
  const merged = { ...taken, ...printed };
  if (parameter?.note && attribute?.note) merged.note = parameter.note;
  // What only the cmdlet has: a switch is a boolean in a file.
  if (merged.type === 'switch') merged.type = 'boolean';
  if (policyObject !== undefined) {
    if (policyObject in topology.sections) Object.assign(merged, { type: 'reference', target: policyObject });
    else merged.type = 'string';
  }
  return merged;
}

/** Everything known about a section's properties: cmdlets.json first, topology.json on top of it. */
function propertiesOf(name, section) {
  const cmdlet = cmdlets[name];
  const properties = {};
  for (const property of new Set([
    ...Object.keys(cmdlet?.parameters ?? {}),
    ...Object.keys(cmdlet?.attributes ?? {}),
    ...Object.keys(section.properties ?? {}),
  ])) {
    const known = fromCmdlet(cmdlet?.parameters?.[property], cmdlet?.attributes?.[property]);
    properties[property] = { ...known, ...section.properties?.[property] };
  }
  return properties;
}

function build() {
  const result = {};
  for (const [name, section] of Object.entries(topology.sections)) {
    const { properties: _own, products: sectionProducts, ...head } = section;
    const cmdlet = cmdlets[name];
    const texts = descriptions[name] ?? { properties: {} };
    const raw = propertiesOf(name, section);
    const products = sectionProducts ?? raw.Identity?.products ?? SERVER_PRODUCTS;

    const properties = {};
    const first = head.key ?? 'Identity';
    const names = Object.keys(raw).sort((a, b) => Number(b === first) - Number(a === first) || byName(a, b));
    for (const property of names) {
      const text = texts.properties?.[property];
      const description = typeof text === 'string' ? text : text?.description;
      if (!description) problems.push(`${name}.${property} has no description`);
      const entry = { products, ...raw[property] };
      const values = typeof text === 'string' ? undefined : text?.values;
      for (const value of Object.keys(values ?? {})) {
        if (!entry.values?.includes(value))
          problems.push(`${name}.${property} describes "${value}", which is no value of it`);
      }
      if (values) {
        // In the order of the values themselves.
        entry.valueDescriptions = Object.fromEntries(
          (entry.values ?? []).filter((value) => value in values).map((value) => [value, values[value]]),
        );
      }
      if (!TYPES.includes(entry.type))
        problems.push(`${name}.${property} has the unknown type "${entry.type}"`);
      if (entry.type === 'enum' && !entry.values)
        problems.push(`${name}.${property} is an enum without values`);
      if (entry.defaultKind && !DEFAULT_KINDS.includes(entry.defaultKind))
        problems.push(`${name}.${property} has the unknown defaultKind "${entry.defaultKind}"`);
      for (const target of [entry.target, entry.items?.target]) {
        if (target !== undefined && !(target in topology.sections))
          problems.push(`${name}.${property} points to "${target}", which is no section`);
      }
      // A default is only written where there is one, or where "not set" is the default.
      if (entry.default === null && !['unset', 'documented', 'memory'].includes(entry.defaultKind))
        delete entry.default;
      if (entry.default === null) entry.nullable = true;
      properties[property] = ordered(
        { ...entry, description: description ?? '' },
        PROPERTY_KEYS,
        `${name}.${property}`,
      );
    }
    for (const property of Object.keys(texts.properties ?? {})) {
      if (!(property in raw))
        problems.push(`descriptions.json describes ${name}.${property}, which does not exist`);
    }

    if (!texts.description) problems.push(`${name} has no description`);
    if (!KINDS.includes(head.kind)) problems.push(`${name} has the unknown kind "${head.kind}"`);
    result[name] = ordered(
      {
        scopes: cmdlet?.scopes ?? [],
        serviceRoles: cmdlet?.serviceRoles,
        grantCmdlet: cmdlet?.grantCmdlet,
        note: cmdlet?.note,
        ...head,
        cmdlet: head.cmdlet ?? `Get-${name}`,
        key: first,
        description: texts.description ?? '',
        properties,
      },
      SECTION_KEYS,
      name,
    );
  }
  for (const name of Object.keys(descriptions)) {
    if (!(name in topology.sections))
      problems.push(`descriptions.json describes ${name}, which is no section`);
  }
  return `${JSON.stringify(result, null, 2)}\n`;
}

const text = build();
if (process.argv.includes('--check')) {
  let current = '';
  try {
    current = readFileSync(here(TARGET), 'utf8');
  } catch {
    // reported as stale below
  }
  if (current !== text)
    problems.push('server/src/schema/sections.json is stale: run "node scripts/schema/generate.mjs"');
} else {
  writeFileSync(here(TARGET), text);
}
for (const problem of problems) console.error(`schema: ${problem}.`);
if (problems.length > 0) process.exitCode = 1;
