/** Reads a topology document by a table: which element means what. Both shapes have their table, and much in common. */
import { ImportError, type Intake, type TextChunks } from './imported.ts';
import { Remarks } from './remarks.ts';
import { emptyTopology, type Attributes, type Cluster, type Service, type SqlInstance } from './topology.ts';
import { topologyObjects } from './topologyObjects.ts';
import { readXml, type XmlEvents } from './xml.ts';

/** What is known while a document is read. */
export class Draft {
  readonly topology = emptyTopology();
  readonly remarks: Remarks;
  /** What is being read: it is part of the topology when it ends, so that no half of one is. */
  cluster: Cluster | undefined;
  sqlInstance: SqlInstance | undefined;
  service: Service | undefined;
  /** The central site, and in it the branch site, that is being read. */
  readonly sites: string[] = [];
  /** Elements that have begun at least once. */
  readonly seen = new Set<string>();

  constructor(file: string) {
    this.remarks = new Remarks(file);
  }

  get site() {
    return this.topology.sites.findLast(({ key }) => key === this.sites.at(-1));
  }

  /** What the document has and no section holds: it is named, once for all. */
  leaveOut(of: string, attributes: Attributes, used: readonly string[], line: number): void {
    for (const [name, value] of attributes)
      if (value !== '' && !used.includes(name) && !bookkeeping.test(name))
        this.remarks.add('left out', `${name} of ${of} is left out: no cmdlet prints it.`, line);
  }
}

export interface Rule {
  readonly open?: (draft: Draft, attributes: Attributes, line: number, name: string) => void;
  readonly text?: (draft: Draft, text: string) => void;
  readonly close?: (draft: Draft) => void;
  /** Nothing in it is looked at. */
  readonly isIgnored?: true;
}

/** By an element and the one around it: `Machine/NetInterface`. */
export type Rules = Readonly<Record<string, Rule>>;

export interface Shape {
  readonly root: string;
  readonly rules: Rules;
  /** Elements without which the document is not whole. */
  readonly parts: readonly string[];
}

/** Attributes by which Topology Builder remembers what it has read, and numbers that are counted anew. */
const bookkeeping = /^(?:Original|Last|UniqueId$|Type$|Signature$|OrdinalInCluster$|IsSingleMachineOnly$)/;
/** Of a PowerShell variable that should have been replaced; `data$` is the name of a hidden share. */
const placeholder = /(?<!\w)\$(?:\w+|\{[^}]*\}|\([^)]*\))/g;

/** @returns whether a document begins with that element, whatever stands before it */
export function beginsWith(root: string, head: string): boolean {
  const start = /^\uFEFF?\s*(?:<\?[^>]*\?>\s*|<!--[\s\S]*?-->\s*)*<(?:[\w.-]+:)?([\w.-]+)[\s/>]/.exec(head);
  return start?.[1] === root && head.includes('urn:schema:Microsoft.Rtc.');
}

/** @throws ImportError where the document cannot be read to its end; what was found before has been given */
export async function* readTopology(shape: Shape, text: TextChunks, file: string): AsyncGenerator<Intake> {
  const draft = new Draft(file);
  let failure: ImportError | undefined;
  try {
    await readXml(text, file, events(shape, draft, file));
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    failure = error;
  }
  for (const object of topologyObjects(draft.topology, draft.remarks, file, failure === undefined))
    yield { object };
  if (failure === undefined)
    for (const part of shape.parts)
      if (!draft.seen.has(part))
        draft.remarks.add('missing', `The file has no <${part}>: it is no whole topology.`, 1);
  for (const remark of draft.remarks.all()) yield { remark };
  if (failure) throw failure;
}

function events(shape: Shape, draft: Draft, file: string): XmlEvents {
  const path: string[] = [];
  const rules: (Rule | undefined)[] = [];
  /** How deep in what is not looked at. */
  let ignored = 0;
  /** What only services of a role have begins at this depth. */
  let detailsFrom = 0;

  return {
    open(name, attributes, _namespace, line) {
      const parent = path.at(-1);
      path.push(name);
      if (parent === undefined && name !== shape.root)
        throw new ImportError(`This is no <${shape.root}> but <${name}>, which is read in no such way.`, {
          file,
          line,
        });
      if (ignored > 0) {
        ignored++;
        return;
      }
      draft.seen.add(name);
      noticePlaceholders(draft, attributes.values(), line);
      if (detailsFrom > 0) {
        draft.service?.details.push({ path: path.slice(detailsFrom - 1).join('/'), attributes, line });
        return;
      }
      const rule = parent === undefined ? {} : shape.rules[`${parent}/${name}`];
      if (rule && !rule.isIgnored) {
        rules[path.length] = rule;
        rule.open?.(draft, attributes, line, name);
      } else if (parent === 'Service' && !rule) {
        detailsFrom = path.length;
        draft.service?.details.push({ path: name, attributes, line });
      } else {
        ignored = 1;
        if (!rule)
          draft.remarks.add(
            'left out',
            `<${name}> in <${parent ?? ''}> is left out, with all that is in it: its meaning is not known.`,
            line,
          );
      }
    },
    text(text) {
      if (ignored === 0) rules[path.length]?.text?.(draft, text);
    },
    close() {
      const depth = path.length;
      path.pop();
      if (ignored > 0) {
        ignored--;
        return;
      }
      if (detailsFrom > 0) {
        if (depth === detailsFrom) detailsFrom = 0;
        return;
      }
      rules[depth]?.close?.(draft);
      rules[depth] = undefined;
    },
  };
}

function noticePlaceholders(draft: Draft, values: Iterable<string>, line: number): void {
  for (const value of values)
    for (const [name] of value.includes('$') ? value.matchAll(placeholder) : [])
      draft.remarks.add(
        'missing',
        `'${name}' is no name but a variable of PowerShell that nobody has filled in. Import the topology that Get-CsTopology -AsXml prints.`,
        line,
      );
}

/** Names come as text: they may have variables in them, too. */
export function noticeName(draft: Draft, name: string, line: number): void {
  noticePlaceholders(draft, [name], line);
}
