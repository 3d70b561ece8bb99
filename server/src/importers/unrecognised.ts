/** Why a file is no export, and what to do instead, by what it begins with. */
import type { Format } from './imported.ts';

/** @param head the first characters; empty for an empty file */
export function whyUnrecognised(head: string, formats: readonly Format[]): string {
  const text = head.trimStart();
  if (text === '') return 'The file is empty.';
  if (head.includes('\0')) return 'The file is no text. Import what PowerShell or Topology Builder wrote.';
  const [, root] = /^(?:<\?[^>]*\?>\s*)?<(?:\w+:)?([A-Za-z][\w.-]*)/.exec(text) ?? [];
  if (/^<!DOCTYPE html/i.test(text) || root?.toLowerCase() === 'html')
    return 'The file is a web page. Import what PowerShell or Topology Builder wrote.';
  if (root !== undefined && /^(?:DocItemSet|AnchoredXml)$/.test(root))
    return 'The file is a document of the Central Management store, as Export-CsConfiguration writes it, and these are not read. Export the objects with Get-Cs… | Export-Clixml.';
  if (root !== undefined)
    return `The file is XML with <${root}>, which is neither a topology nor CLIXML. Export the objects with Get-Cs… | Export-Clixml.`;
  if (/^[A-Za-z]\w* +: /m.test(text.slice(0, 500)) || /^[A-Za-z]\w*\s*\n-+\s*\n/m.test(text))
    return 'The file holds what PowerShell shows on the screen, where long values are cut off. Export the objects with Get-Cs… | Export-Clixml.';
  return `The file is no export that is known. These are: ${formats.map(({ name }) => name).join('; ')}.`;
}
