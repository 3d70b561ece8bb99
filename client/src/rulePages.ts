/** "Show Rule": the page of a rule, as the server has it. Nothing is fetched. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { commandUri, openPage, showRule, type Page } from './page.ts';

export { showRule };

interface ListedRule {
  readonly id: string;
  readonly severity: string;
  readonly summary: string;
}

interface RulePage {
  readonly title: string;
  readonly markdown: string;
}

/** @param id the rule; somebody is asked for it if it is left out */
export async function showRulePage(
  client: BaseLanguageClient,
  changed: vscode.Event<void>,
  id?: string,
): Promise<void> {
  const rule = id ?? (await chooseRule(client));
  if (rule === undefined) return;
  const ask = async (): Promise<Page | undefined> => {
    const found = await client.sendRequest<RulePage | null>('lync/rulePage', { id: rule });
    return found ? { title: found.title, body: await rendered(found.markdown) } : undefined;
  };
  const page = await ask();
  if (page) openPage(changed, 'lync.rule', page, ask);
  else void vscode.window.showInformationMessage(`There is no rule '${rule}'.`);
}

async function chooseRule(client: BaseLanguageClient): Promise<string | undefined> {
  const rules = await client.sendRequest<ListedRule[]>('lync/rules');
  const chosen = await vscode.window.showQuickPick(
    rules.map(({ id, severity, summary }) => ({ label: id, description: severity, detail: summary })),
    { title: 'Show Rule', placeHolder: 'The page of …', matchOnDetail: true },
  );
  return chosen?.label;
}

/** Markdown as HTML: links to other rules open their pages, and what else is in the documentation is only named. */
async function rendered(markdown: string): Promise<string> {
  const linked = markdown
    .replaceAll(/\]\(([a-z0-9-]+)\.md\)/g, (_, id: string) => `](${commandUri(showRule, id)})`)
    .replaceAll(/\[([^\]]*)\]\(\.\.\/[^)]*\)/g, '$1');
  return vscode.commands.executeCommand<string>('markdown.api.render', linked);
}
