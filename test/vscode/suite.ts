// The entry that VS Code's extension host loads: runs the tests below with mocha, in Node or in a web worker.
// The browser build of mocha runs in both; importing it defines the global `Mocha`.
import 'mocha/mocha.js';

const secondsPerTest = 60;

export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: secondsPerTest * 1000, reporter: Silent, forbidOnly: true });
  // Defines `describe` and `it`, which the test files call as they are loaded.
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./activation.test.ts');
  await import('./findings.test.ts');
  await import('./features.test.ts');

  let passed = 0;
  const failed = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', (test) => {
      passed += 1;
      console.log(`  ✓ ${test.fullTitle()} (${test.duration ?? 0} ms)`);
    });
    runner.on('pending', (test) => {
      console.log(`  - ${test.fullTitle()}: not run`);
    });
    runner.on('fail', (test, error: Error) => {
      console.log(`  ✗ ${test.fullTitle()}\n${error.stack ?? error.message}`);
    });
  });

  // test/vscode/run.mjs reads these lines.
  console.log(`vscode host: ${'WorkerGlobalScope' in globalThis ? 'web' : 'node'}`);
  console.log(`vscode tests: ${passed} passed, ${failed} failed`);
  if (failed > 0) throw new Error(`${failed} of the tests in VS Code failed.`);
}

/** The lines above are all that is printed: one call per line, as the console of an extension host shows them. */
class Silent extends Mocha.reporters.Base {}
