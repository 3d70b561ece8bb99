// Opens a page in a headless Chromium that talks to this machine and nobody else.
import { ensureChromium } from './chromium.mjs';

const flags = [
  '--no-sandbox', // Chromium refuses its sandbox to root, and containers run as root
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/**
 * @returns {Promise<import('playwright-core').Page>} close it with `page.context().browser()?.close()`;
 *   when this process ends, the browser ends too
 */
export async function openPage() {
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: flags,
    headless: true,
    // cleanup.mjs has the signals; on exit Playwright still ends its browser.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
  return context.newPage();
}
