import { URI } from 'vscode-uri';

/** The one spelling of a URI: editors and disks differ in the drive's case and in what they escape. */
export function canonical(uri: string): string {
  return URI.parse(uri).toString().replace(/\/$/, '');
}
