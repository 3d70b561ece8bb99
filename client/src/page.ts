/** Pages beside a file: what the server says, without scripts, following the files that it is about. */
import * as vscode from 'vscode';

export interface Page {
  readonly title: string;
  /** What stands in the page, as HTML. */
  readonly body: string;
}

/** The command behind the places in a page: a link to a file would not be one in a page of VS Code's. */
const openPlace = 'lync.openPlace';
/** The command behind links to the pages of rules. */
export const showRule = 'lync.showRule';

/**
 * Opens a page beside the file at hand.
 * @param changed when what the page says may be another
 * @param view the kind of page, for VS Code
 * @param ask asked again whenever that is so; `undefined` keeps what is shown
 */
export function openPage(
  changed: vscode.Event<void>,
  view: string,
  page: Page,
  ask: () => Promise<Page | undefined>,
): void {
  const panel = vscode.window.createWebviewPanel(
    view,
    page.title,
    { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
    { enableScripts: false, enableCommandUris: [openPlace, showRule], localResourceRoots: [] },
  );
  panel.webview.html = documentOf(page);
  let isOpen = true;
  const followed = changed(() => {
    void ask().then((now) => {
      if (now && isOpen) panel.webview.html = documentOf(now);
    });
  });
  panel.onDidDispose(() => {
    isOpen = false;
    followed.dispose();
  });
}

/** Shows a place of a page in an editor. */
export function registerOpenPlace(): vscode.Disposable {
  return vscode.commands.registerCommand(openPlace, async (uri: string, line: number) => {
    const place = new vscode.Range(line, 0, line, 0);
    await vscode.window.showTextDocument(vscode.Uri.parse(uri, true), {
      selection: place,
      viewColumn: vscode.ViewColumn.One,
    });
  });
}

/** The address of a line as that of the command which opens it. */
export function placeCommand(uri: string, line: string): string {
  return commandUri(openPlace, uri, Number(line) - 1);
}

/** The address that runs a command in a page. */
export function commandUri(command: string, ...args: unknown[]): string {
  return `command:${command}?${encodeURIComponent(JSON.stringify(args))}`;
}

/** A page without scripts, pictures or anything else that would be fetched. */
function documentOf({ body }: Page): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
body { max-width: 60em; line-height: 1.5; overflow-wrap: break-word; }
body:has(> svg) { max-width: none; padding: 0; }
body > svg { display: block; max-width: max(100%, 72em); height: auto; }
h1 { font-size: 1.6em; }
h2 { font-size: 1.25em; margin-top: 1.6em; }
code { font-family: var(--vscode-editor-font-family); }
table { border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: 0.3em 1em 0.3em 0; border-bottom: 1px solid var(--vscode-widget-border, #8884); }
</style>
</head>
<body>${body}</body>
</html>`;
}
