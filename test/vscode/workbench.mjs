// VS Code as a person uses it: with the keyboard and the mouse, waiting for what appears on the screen.
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root, Stop } from '../../scripts/command.mjs';
import { openPage } from '../../scripts/vscode/page.mjs';
import { serveVSCode } from '../../scripts/vscode/serve.mjs';

const screenshots = join(root, '.cache', 'screenshots');

const squiggles = { error: '.squiggly-error', warning: '.squiggly-warning', info: '.squiggly-info' };
const quickPick = '.quick-input-widget';
const menu = '.action-widget:not(.action-list-submenu-panel)';

/** @typedef {keyof typeof squiggles} Severity */

/** Opens a folder in a VS Code with the extension of this checkout; everything ends with `close`. */
export async function openWorkbench(/** @type {string} */ folder) {
  const served = await serveVSCode({ folder, extensionPath: root });
  const page = await openPage();
  await page.goto(served.url);
  await page.locator('.monaco-workbench').waitFor();
  // The explorer shows files once the workbench has its services, and takes keys from then on.
  await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
  return new Workbench(page, served.stop);
}

export class Workbench {
  #stop;

  constructor(/** @type {import('playwright-core').Page} */ page, /** @type {() => void} */ stop) {
    this.page = page;
    this.#stop = stop;
  }

  async close() {
    await this.page.context().browser()?.close();
    this.#stop();
  }

  /** Opens a file by its name, with quick open; `users.lync.yaml:12` also goes to line 12. */
  async openFile(/** @type {string} */ name) {
    const file = basename(name.split(':')[0] ?? name);
    await this.#openQuickPick('Control+KeyP');
    await this.page.locator(`${quickPick} input`).fill(name);
    // Until it has searched, the list has what was open last at its top.
    await this.page.locator(`${quickPick} .monaco-list-row.focused`, { hasText: file }).first().waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator(`.tab.active[data-resource-name="${file}"]`).waitFor();
    await this.page.locator('.editor-instance .view-lines').first().waitFor();
  }

  /** A key that comes before the workbench is ready is lost; so it is pressed until it is understood. */
  async #openQuickPick(/** @type {string} */ key) {
    const input = this.page.locator(`${quickPick} input`);
    // One that is closing looks like one that is open.
    await this.page.locator(quickPick).waitFor({ state: 'hidden' });
    await until(`what ${key} opens`, async () => {
      if (await input.isVisible()) return true;
      await this.page.keyboard.press(key);
      return input.waitFor({ timeout: 2000 }).then(
        () => true,
        () => false,
      );
    });
  }

  /** Runs a command by its title in the command palette. */
  async runCommand(/** @type {string} */ title) {
    await this.#openQuickPick('F1');
    await this.page.locator(`${quickPick} input`).fill(`>${title}`);
    await this.page.locator(`${quickPick} .monaco-list-row.focused`, { hasText: title }).first().waitFor();
    await this.page.keyboard.press('Enter');
    // A command may ask a question in the same place.
    const input = this.page.locator(`${quickPick} input`);
    await until(
      `'${title}' to run`,
      async () => !(await input.isVisible()) || !(await input.inputValue()).startsWith('>'),
    );
  }

  /** The underlined place in the line with this text; waits until there is one. */
  async finding(/** @type {Severity} */ severity, /** @type {string} */ text) {
    const line = this.page.locator('.editor-instance .view-line', { hasText: text }).first();
    await line.waitFor();
    // Underlines are drawn over the text, not in it: what they have in common is where they are.
    /** @type {import('playwright-core').Locator | undefined} */
    let found;
    await until(`an underlined place in the line '${text}'`, async () => {
      // Colours come late, and the line is drawn anew then: it is looked for each time.
      const place = await line.boundingBox();
      const y = place === null ? Number.NaN : place.y + place.height / 2;
      for (const underline of await this.page.locator(squiggles[severity]).all()) {
        const box = await underline.boundingBox();
        if (box !== null && box.y <= y && y <= box.y + box.height) found = underline;
      }
      return found !== undefined;
    });
    return /** @type {import('playwright-core').Locator} */ (found);
  }

  /** A piece of text in the editor, as long as it has one colour. */
  async word(/** @type {string} */ text) {
    const word = this.page
      .locator('.editor-instance .view-line span[class^="mtk"]', { hasText: text })
      .first();
    await word.waitFor();
    return word;
  }

  /** How many places are underlined on the screen now. */
  async findings(/** @type {Severity} */ severity) {
    return this.page.locator(squiggles[severity]).count();
  }

  /** Points at a place and gives the text that appears. */
  async hover(/** @type {import('playwright-core').Locator} */ place) {
    const hover = this.page.locator('.monaco-hover:not(.hidden) .monaco-hover-content').first();
    // Lenses come late and move the lines away from under a pointer that is there already.
    await until('a hover', async () => {
      // The mouse has to come from elsewhere: a pointer that rests does not open a hover.
      await this.page.mouse.move(0, 0);
      const { x, y } = await middle(place);
      await this.page.mouse.move(x, y, { steps: 5 });
      return hover.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      );
    });
    await hover.getByText('Loading...').waitFor({ state: 'hidden' });
    return hover.innerText();
  }

  async click(/** @type {import('playwright-core').Locator} */ place) {
    const { x, y } = await middle(place);
    await this.page.mouse.click(x, y);
  }

  /** Opens the menu of quick fixes at the cursor and gives the titles in it. */
  async openQuickFixes() {
    await this.page.keyboard.press('Control+Period');
    const fixes = this.page.locator(`${menu} .monaco-list-row.action`);
    await fixes.first().waitFor();
    return fixes.allInnerTexts();
  }

  /** Takes the first quick fix of the open menu; waits until the editor shows that the file has changed. */
  async takeFirstQuickFix() {
    await this.page.keyboard.press('Enter');
    await this.page.locator(menu).waitFor({ state: 'hidden' });
    await this.page.locator('.tab.active.dirty').waitFor();
  }

  async save() {
    await this.page.keyboard.press('Control+KeyS');
    await this.page.locator('.tab.active:not(.dirty)').waitFor();
  }

  /** Opens the Problems panel. */
  async openProblems() {
    await this.page.keyboard.press('Control+Shift+KeyM');
    await this.page.locator('.markers-panel').waitFor();
  }

  /** Closes the Problems panel, which gives its room back to the editor. */
  async closeProblems() {
    await this.page.keyboard.press('Control+KeyJ');
    await this.page.locator('.markers-panel').waitFor({ state: 'hidden' });
  }

  /** The lines of the open Problems panel, once `accept` likes them. */
  async problems(/** @type {(lines: string[]) => boolean} */ accept) {
    /** @type {string[]} */
    let lines = [];
    await until('the expected lines in the Problems panel', async () => {
      lines = await this.page.locator('.markers-panel .monaco-list-row').allInnerTexts();
      return accept(lines);
    });
    return lines;
  }

  /** Puts the cursor behind the last character of the file. */
  async goToEnd() {
    await this.page.locator('.editor-instance .view-lines').first().click();
    await this.page.keyboard.press('Control+End');
  }

  async type(/** @type {string} */ text) {
    await this.page.keyboard.type(text, { delay: 20 });
  }

  async press(/** @type {string} */ key) {
    await this.page.keyboard.press(key);
  }

  /**
   * Takes what is offered under a name: types a part of it, waits until it is the first of the list, and accepts it.
   *
   * @param {string} name
   * @param {string} [part] what is typed
   */
  async take(name, part = name) {
    const first = this.page.locator('.suggest-widget.visible .monaco-list-row.focused .label-name');
    if (part !== '') await this.type(part);
    await until(`'${name}' as the first offer behind '${part}'`, async () => {
      if ((await first.count()) === 0) {
        await this.page.keyboard.press('Control+Space');
        await new Promise((resolve) => setTimeout(resolve, 300));
        return false;
      }
      return (await first.first().innerText()) === name;
    });
    await this.page.keyboard.press('Enter');
    await this.page
      .locator('.suggest-widget.visible')
      .waitFor({ state: 'hidden', timeout: 2000 })
      .catch(() => {
        // Another list has come in its place.
      });
  }

  /** What is offered at the cursor now. */
  async offers() {
    const rows = this.page.locator('.suggest-widget.visible .monaco-list-row .label-name');
    await until('a list of offers', async () => {
      if ((await rows.count()) > 0) return true;
      await this.page.keyboard.press('Control+Space');
      await new Promise((resolve) => setTimeout(resolve, 300));
      return false;
    });
    return rows.allInnerTexts();
  }

  /** Gives what the cursor is on another name. */
  async rename(/** @type {string} */ name) {
    await this.page.keyboard.press('F2');
    const input = this.page.locator('.rename-box input.rename-input');
    await input.waitFor();
    await input.fill(name);
    await this.page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden' });
  }

  /** Answers a question of the editor: takes what is proposed, or what is left when `text` is typed into a long list. */
  async acceptQuickPick(/** @type {string} */ text, { typed = false } = {}) {
    const input = this.page.locator(`${quickPick} input`);
    await input.waitFor();
    if (typed) await input.fill(text);
    await this.page.locator(quickPick, { hasText: text }).waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Accepts the text that is proposed. */
  async acceptText(/** @type {string} */ text) {
    const input = this.page.locator(`${quickPick} input`);
    await until(
      `'${text}' to be proposed`,
      async () => (await input.isVisible()) && (await input.inputValue()) === text,
    );
    await this.page.keyboard.press('Enter');
  }

  /** Accepts the path that is proposed for a file. */
  async acceptPath(/** @type {string} */ name) {
    const input = this.page.locator(`${quickPick} input`);
    await until(
      `'${name}' to be proposed`,
      async () => (await input.isVisible()) && (await input.inputValue()).endsWith(name),
    );
    await this.page.keyboard.press('Enter');
  }

  /** Answers the question for a file. */
  async typePath(/** @type {string} */ path) {
    const input = this.page.locator(`${quickPick} input`);
    const row = this.page.locator(`${quickPick} .monaco-list-row`, { hasText: basename(path) });
    // What the dialog proposes comes late, and takes the place of what was typed.
    await until(`'${path}' in the list`, async () => {
      if (!(await input.isVisible())) return false;
      if ((await input.inputValue()) === path) return (await row.count()) > 0;
      await input.fill(path);
      return false;
    });
    await this.page.keyboard.press('Enter');
  }

  /** Clicks on the first lens on the screen whose words are as wanted. */
  async takeLens(/** @type {RegExp} */ words) {
    const lens = this.page.locator('.editor-instance .codelens-decoration a', { hasText: words }).first();
    await lens.waitFor();
    await lens.click();
  }

  /** Waits until a page beside the file says something. */
  async preview(/** @type {RegExp} */ words) {
    const body = this.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame').locator('body');
    await until(`${String(words)} in the preview`, async () =>
      words.test((await body.count()) > 0 ? await body.first().innerText() : ''),
    );
  }

  async saveAll() {
    await this.runCommand('File: Save All');
    await until('all files to be saved', async () => (await this.page.locator('.tab.dirty').count()) === 0);
  }

  /** The text of the open editor that is on the screen. */
  async text() {
    const lines = await this.page.locator('.editor-instance .view-lines').first().innerText();
    return lines.replaceAll('\u00a0', ' ');
  }

  /** Takes a picture into .cache/screenshots. */
  async picture(/** @type {string} */ name) {
    mkdirSync(screenshots, { recursive: true });
    await this.page.screenshot({
      path: join(screenshots, `${name}.png`),
      animations: 'disabled',
      caret: 'initial',
    });
  }
}

/** Waits until `holds`, which asks the page, says yes. */
export async function until(
  /** @type {string} */ what,
  /** @type {() => Promise<boolean>} */ holds,
  /** @type {number} */ seconds = 30,
) {
  const end = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Stop(`Waited ${seconds} seconds in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function middle(/** @type {import('playwright-core').Locator} */ place) {
  const box = await place.boundingBox();
  if (box === null) throw new Stop('A place on the screen was gone before the mouse reached it.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
