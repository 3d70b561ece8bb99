// `npm run bench`: measures ours beside other programs on the same generated deployments, in one run, and writes BENCHMARKS.md.
// `-- --quick` takes less than two minutes and only prints; `-- --profile` writes processor profiles of our programs instead.
import { readdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { temporaryFolder } from './cleanup.mjs';
import { main, root, run, Stop } from './command.mjs';
import { ensureBuilt, ensureInstalled } from './setup.mjs';

const mb = 1e6;

await main(async () => {
  const { quick, profile } = options();
  await ensureInstalled();
  await ensureBuilt();
  // These import packages, which were perhaps not there until now.
  const { manyKeysText, mergeKeysText, writeDeployment } = await import('./bench/deployment.mjs');
  const { lint, ourServer, ourServerOn, parse, quantile, yamlServerOn } = await import('./bench/measure.mjs');
  const { featuresOn } = await import('./bench/features.mjs');
  const { path: folder } = temporaryFolder('lync-bench-');
  const say = (/** @type {string} */ text) => {
    console.error(text);
  };

  if (profile) {
    const into = join(root, '.cache', 'profile');
    const deployment = writeDeployment(join(folder, 'profile'), { users: 100_000 });
    await ourServerOn(join(folder, 'profile'), deployment.userFiles[0] ?? '', { keys: 100, profile: into });
    await run(process.execPath, [
      '--cpu-prof',
      `--cpu-prof-dir=${into}`,
      join(root, 'dist', 'lync-lint.cjs'),
      '--output=/dev/null',
      join(folder, 'profile'),
    ]);
    console.log(`Open these in the DevTools of Chrome or VS Code: ${into}\n${readdirSync(into).join('\n')}`);
    return;
  }

  /** @type {string[]} */
  const rows = [];
  const sizes = quick ? [10_000] : [10_000, 100_000];
  const runs = quick ? 3 : 5;
  for (const users of sizes) {
    say(`${users} users: generating`);
    const name = join(folder, String(users));
    const { userFiles, policies, bytes } = writeDeployment(name, { users });
    const file = userFiles[0] ?? '';
    const times = /** @type {Record<string, { times: number[], peak: number }>} */ ({});
    for (const library of ['JSON.parse', 'js-yaml', 'yaml']) {
      say(`${users} users: ${library}`);
      times[library] = await parse(library, file, runs);
    }
    const median = (/** @type {string} */ library) => quantile(times[library]?.times ?? [], 0.5);
    const ours = [];
    const theirs = [];
    const linted = [];
    for (let number = 0; number < runs; number++) {
      say(`${users} users: servers and command line, run ${number + 1} of ${runs}`);
      theirs.push(await yamlServerOn(file, number === 0 ? 4 : 0));
      ours.push(
        await ourServerOn(name, file, {
          keys: number === 0 ? 100 : 0,
          ...(number === 0 ? { policies } : {}),
        }),
      );
      linted.push(await lint(name));
    }
    const [work] = ours;
    const [theirWork] = theirs;
    if (!work || !theirWork) throw new Stop('Nothing was measured.');
    const open = quantile(
      ours.map(({ first }) => first),
      0.5,
    );
    const all = quantile(
      ours.map((entry) => entry.all),
      0.5,
    );
    const theirOpen = quantile(
      theirs.map((entry) => entry.open),
      0.5,
    );
    const lintTime = quantile(
      linted.map(({ time }) => time),
      0.5,
    );
    const lintPeak = Math.max(...linted.map(({ peak }) => peak));
    const large = users >= 100_000;
    const budget = bytes * (large ? 8 : 12) + 100 * mb;
    const at = users.toLocaleString('en');
    const parts = large ? 15 : 8;
    rows.push(
      heading(`${at} users, one file of ${(bytes / mb).toFixed(1)} MB`),
      row(
        'reading the text alone: JSON.parse (the same data), js-yaml, yaml',
        `${ms(median('JSON.parse'))}, ${ms(median('js-yaml'))}, ${ms(median('yaml'))}`,
        '',
        '',
      ),
      row(
        'open to first findings',
        ms(open),
        `1/${(theirOpen / open).toFixed(1)} of yaml-language-server (${ms(theirOpen)})`,
        `≤ 1/${parts}${met(theirOpen / open >= parts)}`,
      ),
      ...(large
        ? [
            row(
              '',
              '',
              `${(open / median('js-yaml')).toFixed(2)} × js-yaml`,
              `≤ 1.5 ×${met(open <= median('js-yaml') * 1.5)}`,
            ),
          ]
        : []),
      row('open to all findings', ms(all), `1/${(theirOpen / all).toFixed(1)} of yaml-language-server`, ''),
      row(
        'a keystroke to published findings, median',
        ms(quantile(work.keystrokes, 0.5)),
        `yaml-language-server ${ms(quantile(theirWork.keystrokes, 0.5))}`,
        '',
      ),
      row(
        '– 95th percentile',
        ms(quantile(work.keystrokes, 0.95)),
        '',
        `${large ? '≤ 20 ms' : '≤ 10 ms'}${met(quantile(work.keystrokes, 0.95) <= (large ? 20 : 10))}`,
      ),
      row(
        'hover after an edit, median',
        ms(quantile(work.hovers, 0.5)),
        '',
        `≤ ${large ? 10 : 5} ms${met(quantile(work.hovers, 0.5) <= (large ? 10 : 5))}`,
      ),
      row(
        'code actions after an edit, median',
        ms(quantile(work.actions, 0.5)),
        '',
        `≤ ${large ? 10 : 5} ms${met(quantile(work.actions, 0.5) <= (large ? 10 : 5))}`,
      ),
      row(
        'a policy that reaches everybody: first findings of the open file',
        ms(work.policy?.first ?? Number.NaN),
        `all: ${ms(work.policy?.all ?? Number.NaN)}`,
        large ? `≤ 300 ms${met((work.policy?.first ?? Infinity) <= 300)}` : '',
      ),
      row(
        '– the longest that a request waited meanwhile',
        ms(work.policy?.longestWait ?? Number.NaN),
        '',
        large ? `≤ 50 ms${met((work.policy?.longestWait ?? Infinity) <= 50)}` : '',
      ),
      row(
        'memory of the server after 100 edits',
        size(work.memory),
        `yaml-language-server ${size(theirWork.memory)} after 4`,
        `≤ ${size(budget)}${met(work.memory <= budget)}`,
      ),
      row(
        '`lync-lint`, whole process',
        `${ms(lintTime)}, ${size(lintPeak)}`,
        `${(median('yaml') / lintTime).toFixed(1)} × as fast as yaml's parse alone`,
        `≥ ${large ? 12 : 8} ×${met(median('yaml') / lintTime >= (large ? 12 : 8))}`,
      ),
    );
  }

  for (const users of sizes) {
    say(`${users} users: features`);
    const name = join(folder, String(users));
    const { userFiles } = writeDeployment(name, { users });
    rows.push(heading(`Features at ${users.toLocaleString('en')} users, each asked right behind an edit`));
    for (const { name: feature, times } of await featuresOn(ourServer, name, userFiles[0] ?? '')) {
      const [median, worst] = [quantile(times, 0.5), quantile(times, 0.95)];
      const frame = users > 10_000 ? '' : `≤ 16 ms${met(median <= 16)}`;
      rows.push(row(feature, ms(median), `95th percentile ${ms(worst)}`, frame));
    }
  }

  say('traps');
  rows.push(heading('What is quadratic elsewhere'));
  for (const [title, text] of /** @type {const} */ ([
    ['30,000 keys in one object', manyKeysText(30_000)],
    ['5,000 users with a merge key each', mergeKeysText(5000)],
  ])) {
    const name = join(folder, title.replaceAll(/\W+/g, '-'));
    writeDeployment(name, { users: 0 });
    const file = join(name, 'trap.lync.yaml');
    writeFileSync(file, text);
    const { first, all, keystrokes } = await ourServerOn(name, file, { keys: 20 });
    rows.push(
      row(
        title,
        `open ${ms(first)}, all findings ${ms(all)}`,
        `a keystroke ${ms(quantile(keystrokes, 0.5))}`,
        '',
      ),
    );
  }

  if (!quick) {
    rows.push(heading('`lync-lint` over twenty files'));
    let before;
    for (const users of [250_000, 500_000, 1_000_000]) {
      say(`${users} users in twenty files`);
      const name = join(folder, `twenty-${users}`);
      const { bytes } = writeDeployment(name, { users, files: 20 });
      const { time, peak } = await lint(name);
      const compared = before
        ? `${(time / before.time).toFixed(2)} × the time, ${(peak / before.peak).toFixed(2)} × the memory of half as many`
        : '';
      rows.push(
        row(
          `${users.toLocaleString('en')} users, ${(bytes / mb).toFixed(0)} MB`,
          `${ms(time)}, ${size(peak)}`,
          compared,
          '',
        ),
      );
      before = { time, peak };
    }
  }

  const text = document(rows, quick);
  console.log(text);
  if (!quick) writeFileSync(join(root, 'BENCHMARKS.md'), text);
});

function options() {
  try {
    const { values } = parseArgs({ options: { quick: { type: 'boolean' }, profile: { type: 'boolean' } } });
    return { quick: values.quick === true, profile: values.profile === true };
  } catch {
    throw new Stop('Usage: npm run bench [-- --quick | --profile]', 2);
  }
}

function document(/** @type {readonly string[]} */ rows, /** @type {boolean} */ quick) {
  const [processor] = cpus();
  const machine = `${processor?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${(totalmem() / 1024 ** 3).toFixed(0)} GB; Node.js ${process.versions.node} on ${process.platform}`;
  return `# Benchmarks

Made by \`npm run bench${quick ? ' -- --quick' : ''}\` in one run on one machine: ${machine}.
The deployments are samples/contoso with its people over and over. Times are medians of ${quick ? 'three' : 'five'} runs where nothing else is said;
servers are driven over stdio as an editor would. The start of a process counts for \`lync-lint\` and for nothing else. Memory is what
the system counts for the process.

| Work | Ours | Beside it | Wanted |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function heading(/** @type {string} */ title) {
  return `| **${title}** | | | |`;
}

/**
 * @param {string} work
 * @param {string} ours
 * @param {string} compared
 * @param {string} wanted
 */
function row(work, ours, compared, wanted) {
  return `| ${work} | ${ours} | ${compared} | ${wanted} |`;
}

function ms(/** @type {number} */ time) {
  return time >= 1000
    ? `${(time / 1000).toFixed(1)} s`
    : `${time < 10 ? time.toFixed(1) : time.toFixed(0)} ms`;
}

function size(/** @type {number} */ bytes) {
  return `${(bytes / mb).toFixed(0)} MB`;
}

function met(/** @type {boolean} */ isMet) {
  return isMet ? ' ✓' : ' ✗';
}
