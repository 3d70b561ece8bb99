/** Whether a value fits its property, and what to say if it does not. */
import { isNull, type Node } from '../parser/nodes.ts';
import type { PropertyType } from '../schema/schema.ts';
import { readEnum, referenceNode } from '../model/values.ts';
import { nearest } from './nearest.ts';

export interface ValueProblem {
  readonly message: string;
  /** YAML text that would be right, where that can be guessed. */
  readonly instead?: string | undefined;
}

/** What is wrong with a value; `undefined` where nothing is. An empty value is right everywhere: it means not set. */
export function problemOf(type: PropertyType, node: Node): ValueProblem | undefined {
  // An alias that is still one names no anchor: yaml-syntax says so.
  if (isNull(node) || node.type === 'alias') return undefined;
  switch (type.type) {
    case 'boolean':
      return booleanProblem(type, node);
    case 'integer':
      return integerProblem(type, node);
    case 'enum':
      return enumProblem(type, node);
    case 'timespan':
      return timespanProblem(type, node);
    case 'guid':
      return node.type === 'scalar' && guid.test(node.text)
        ? undefined
        : { message: `${type.name} must be a GUID.` };
    case 'string':
    case 'identity':
    case 'reference':
      // A live object prints a name as an object with the name in it, and an object without properties as {}.
      if (node.type === 'mapping' && node.pairs.length === 0) return undefined;
      return referenceNode(node) ? undefined : { message: `${type.name} must be a single value.` };
    case 'datetime':
    case 'list':
    case 'object':
      return undefined;
  }
}

/** What `yes`, `no`, `on` or `off` would be in YAML 1.1; `undefined` for everything else. */
export function yaml11Boolean(node: Node): boolean | undefined {
  if (node.type !== 'scalar' || typeof node.value !== 'string') return undefined;
  const lower = node.text.toLowerCase();
  return ['yes', 'on', 'y'].includes(lower) ? true : ['no', 'off', 'n'].includes(lower) ? false : undefined;
}

const guid = /^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/i;
const timespan = /^(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2})(?:\.\d{1,7})?$/;

function booleanProblem(type: PropertyType, node: Node): ValueProblem | undefined {
  // no-yaml-1-1-boolean has these.
  if (node.type === 'scalar' && (typeof node.value === 'boolean' || yaml11Boolean(node) !== undefined))
    return undefined;
  const text = node.type === 'scalar' ? node.text.toLowerCase() : '';
  const instead = text === 'true' || text === 'false' ? text : undefined;
  return { message: `${type.name} must be true or false${instead ? ', without quotes' : ''}.`, instead };
}

function integerProblem(type: PropertyType, node: Node): ValueProblem | undefined {
  const { minimum, maximum } = type;
  const unit = type.unit === undefined ? '' : ` ${type.unit}`;
  const range =
    minimum !== undefined && maximum !== undefined
      ? ` from ${minimum} to ${maximum}${unit}`
      : unit && ` of${unit}`;
  if (node.type !== 'scalar' || !/^[-+]?\d+$/.test(node.text))
    return { message: `${type.name} must be a whole number${range}.` };
  const value = Number(node.text);
  const outside =
    (typeof minimum === 'number' && value < minimum) || (typeof maximum === 'number' && value > maximum);
  return outside ? { message: `${type.name} must be a whole number${range}, not ${node.text}.` } : undefined;
}

function enumProblem(type: PropertyType, node: Node): ValueProblem | undefined {
  const values = type.values ?? [];
  if (readEnum(values, node) !== undefined) return undefined;
  const written = node.type === 'scalar' ? node.text : '';
  const meant = nearest(written, values);
  return {
    message: `${type.name} must be one of ${values.join(', ')}${meant ? `: is '${meant}' meant` : ''}${meant ? '?' : '.'}`,
    instead: meant,
  };
}

function timespanProblem(type: PropertyType, node: Node): ValueProblem | undefined {
  // ConvertTo-Json writes a time span as an object.
  if (node.type === 'mapping') return undefined;
  const seconds = node.type === 'scalar' ? secondsOf(node.text) : undefined;
  if (seconds === undefined) return { message: `${type.name} must be a time span: hh:mm:ss or d.hh:mm:ss.` };
  const minimum = secondsOf(String(type.minimum ?? ''));
  const maximum = secondsOf(String(type.maximum ?? ''));
  if ((minimum === undefined || seconds >= minimum) && (maximum === undefined || seconds <= maximum))
    return undefined;
  const bounds = [
    minimum === undefined ? '' : `at least ${type.minimum ?? ''}`,
    maximum === undefined ? '' : `at most ${type.maximum ?? ''}`,
  ];
  return { message: `${type.name} must be ${bounds.filter((bound) => bound !== '').join(' and ')}.` };
}

function secondsOf(text: string): number | undefined {
  const match = timespan.exec(text);
  if (!match) return undefined;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = match;
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
}
