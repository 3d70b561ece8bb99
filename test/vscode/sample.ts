// The sample that the tests in VS Code have open.
import * as vscode from 'vscode';
import { ok } from './expect.ts';

/** A file of the sample, open in an editor. */
export async function openSample(name: string): Promise<vscode.TextDocument> {
  const [uri] = await vscode.workspace.findFiles(`**/${name}`, undefined, 1);
  ok(uri, `the folder has no ${name}`);
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

export function lineOf(document: vscode.TextDocument, text: string, from = 0): number {
  for (let line = from; line < document.lineCount; line++) {
    if (document.lineAt(line).text.includes(text)) return line;
  }
  throw new Error(`${document.fileName} has no line with '${text}'`);
}

/** A position inside of some text of a line. */
export function positionIn(document: vscode.TextDocument, line: number, text: string): vscode.Position {
  return new vscode.Position(line, document.lineAt(line).text.indexOf(text) + 1);
}
