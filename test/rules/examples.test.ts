import assert from 'node:assert/strict';
import { rules } from '../../server/src/rules/index.ts';
import { check, parseFixture } from '../fixture.ts';

/** The linter or the configuration makes these; their tests are elsewhere. */
const withoutExamples = new Set(['internal-error', 'valid-configuration']);

describe('the examples of', () => {
  for (const rule of rules) {
    describe(rule.id, () => {
      rule.examples.bad.forEach((example, index) => {
        it(`bad ${index + 1} has the finding, and only there`, () => {
          assert.ok(parseFixture(example).expected.length > 0, 'The example says nowhere what is wrong.');
          check(example, rule.id);
        });
      });
      rule.examples.good.forEach((example, index) => {
        it(`good ${index + 1} has none`, () => {
          assert.deepEqual(parseFixture(example).expected, []);
          check(example, rule.id);
        });
      });
      (rule.examples.near ?? []).forEach((example, index) => {
        it(`near miss ${index + 1} has none, and says why`, () => {
          assert.match(example, /^# \S/);
          assert.deepEqual(parseFixture(example).expected, []);
          check(example, rule.id);
        });
      });
      if (!withoutExamples.has(rule.id)) {
        it('are of all three kinds', () => {
          const { bad, good, near = [] } = rule.examples;
          assert.ok(bad.length > 0, 'No example shows what it finds.');
          assert.ok(good.length > 0, 'No example shows what is right.');
          assert.ok(near.length > 0, 'No example shows what looks wrong, and is right.');
        });
      }
    });
  }
});
