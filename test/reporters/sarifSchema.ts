/**
 * The JSON Schema of SARIF 2.1.0. `sarif-2.1.0-rtm.5.json` is the one that OASIS published, unchanged, as the npm package
 * @microsoft/jest-sarif 1.0.0-beta.0 has it (MIT licence, © Microsoft Corporation).
 */
import { readFileSync } from 'node:fs';
import Draft04 from 'ajv-draft-04';

const file = new URL('sarif-2.1.0-rtm.5.json', import.meta.url);

// The schema is checked less strictly than we check our own: it is not ours.
const ajv = new Draft04({
  strict: false,
  unicodeRegExp: false,
  allErrors: true,
  formats: {
    uri: (text: string) => URL.canParse(text),
    'uri-reference': (text: string) =>
      URL.canParse(text, 'file:///') && !/[\s"<>\\^`{|}]/.test(text) && /^[\x21-\x7e]*$/.test(text),
    'date-time': (text: string) => !Number.isNaN(Date.parse(text)),
  },
});
const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object);

/** What is wrong with a log by the schema. */
export function complaints(log: unknown): string[] {
  validate(log);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}
