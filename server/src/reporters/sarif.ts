/** SARIF 2.1.0, for GitHub code scanning, Azure DevOps, and the viewers of editors. */
import { homepage, ruleUrl } from '../config.ts';
import type { Rule, RuleGroup } from '../linter/rule.ts';
import type { Severity } from '../model/configuration.ts';
import { digitsOf, keyOf } from './fingerprint.ts';
import type { Closing, Range, ReportedFinding, ReportedFix, ReportedPlace, Reporter } from './report.ts';
import { describeRule, ruleMarkdown } from './rules.ts';

export interface SarifOptions {
  readonly version: string;
  /** The URI of the folder that names are relative to. */
  readonly root: string;
}

/** One result, or rule, a line. The rules that spoke come last, because until then it is not known which they are. */
export function sarifReporter({ version, root }: SarifOptions, rules: readonly Rule[]): Reporter {
  const spoken = new Map<string, number>();
  const base = root.endsWith('/') ? root : `${root}/`;
  return {
    head: `{
  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {
      "columnKind": "utf16CodeUnits",
      "originalUriBaseIds": { "${rootName}": { "uri": ${JSON.stringify(base)} } },
      "results": [`,
    file: () => '',
    findings: (findings) =>
      lines(
        findings.map((finding) => resultOf(finding, base)),
        8,
      ),
    placed: (text) =>
      text.replaceAll(unplaced, (_, id: string) => {
        const index = spoken.get(id) ?? spoken.size;
        spoken.set(id, index);
        return `"ruleIndex":${index}`;
      }),
    between: ',',
    endOfFile: '',
    emptyFile: () => '',
    foot: (closing) => `${closing.isEmpty ? '' : '\n      '}],
      "tool": {
        "driver": {
          "name": "lync-lint",
          "informationUri": ${JSON.stringify(homepage)},
          "version": ${JSON.stringify(version)},${isSemantic(version) ? `\n          "semanticVersion": ${JSON.stringify(version)},` : ''}
          "rules": [${lines(describeAll([...spoken.keys()], rules), 12)}${spoken.size > 0 ? '\n          ' : ''}]
        }
      },
      "invocations": [${JSON.stringify(invocationOf(closing, base))}],
      "properties": ${JSON.stringify(closing.summary)}
    }
  ]
}
`,
  };
}

/** A rule's id where its number will be. Quotes in a text have a backslash before them, so this is nowhere else. */
const unplaced = /"ruleIndex":"([^"]+)"/g;

const rootName = '%SRCROOT%';

function lines(values: readonly object[], columns: number): string {
  return values.map((value) => `\n${' '.repeat(columns)}${JSON.stringify(value)}`).join(',');
}

function isSemantic(version: string): boolean {
  return /^\d+\.\d+\.\d+(?:-[\w.-]+)?$/.test(version);
}

/** What SARIF has no word for is a note; the finding's properties say which. */
const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

const tags: Readonly<Record<RuleGroup, string>> = {
  features: 'exchange-features',
  passive: 'passive-authentication',
  exchange: 'exchange',
  files: 'files-and-topology',
};

function describeAll(ids: readonly string[], rules: readonly Rule[]): object[] {
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  return ids.map((id) => {
    const rule = known.get(id);
    return rule ? describe(rule) : { id };
  });
}

function describe(rule: Rule): object {
  const { id, severity, group, summary, why } = rule;
  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: { text: describeRule(rule), markdown: ruleMarkdown(rule) },
    helpUri: ruleUrl(id),
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: ['lync', tags[group]],
      severity,
      'problem.severity': severity === 'info' || severity === 'hint' ? 'recommendation' : severity,
    },
  };
}

function resultOf(finding: ReportedFinding, base: string): object {
  const { rule, severity, message, subject, related, details } = finding;
  const { fingerprint, ordinal = 1, fix } = details;
  return {
    ruleId: rule,
    ruleIndex: rule,
    level: levels[severity],
    message: { text: message },
    locations: [locationOf(finding, base)],
    relatedLocations:
      related.length === 0
        ? undefined
        : related.map((place, index) => ({
            id: index + 1,
            ...locationOf(place, base),
            message: { text: place.message },
          })),
    partialFingerprints: fingerprint && {
      'lyncFinding/v1': `${digitsOf(`${finding.file}\n${keyOf(fingerprint)}`)}:${ordinal}`,
    },
    fixes: fix && fix.files.length > 0 ? [fixOf(fix, base)] : undefined,
    properties: { severity, subject: subject === '' ? undefined : subject },
  };
}

function locationOf({ uri, range }: ReportedPlace, base: string): object {
  return { physicalLocation: { artifactLocation: artifactAt(uri, base), region: regionOf(range) } };
}

/** What is not below the folder is named in full. */
function artifactAt(uri: string, base: string): object {
  return uri.startsWith(base) ? { uri: uri.slice(base.length), uriBaseId: rootName } : { uri };
}

function regionOf({ start, end }: Range): object {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

function fixOf({ title, files }: ReportedFix, base: string): object {
  return {
    description: { text: title },
    artifactChanges: files.map(({ uri, edits }) => ({
      artifactLocation: artifactAt(uri, base),
      replacements: edits.map(({ range, text }) => ({
        deletedRegion: regionOf(range),
        insertedContent: { text },
      })),
    })),
  };
}

function invocationOf({ unread }: Closing, base: string): object {
  return {
    executionSuccessful: unread.length === 0,
    workingDirectory: { uri: base },
    toolExecutionNotifications:
      unread.length === 0
        ? undefined
        : unread.map((sentence) => ({ level: 'error', message: { text: sentence } })),
  };
}
