import assert from 'node:assert/strict';
import { Memo, release, Source, track, type Reader } from '../../server/src/model/tracking.ts';

class Count implements Reader {
  epoch = 0;
  invalidated = 0;
  invalidate(): void {
    this.invalidated++;
  }
}

describe('a source', () => {
  it('tells those who read it, once', () => {
    const [source, other] = [new Source(), new Source()];
    const [reader, idle] = [new Count(), new Count()];
    track(reader, () => {
      source.read();
      source.read();
    });
    track(idle, () => {
      other.read();
    });
    source.changed();
    source.changed();
    assert.deepEqual([reader.invalidated, idle.invalidated], [1, 0]);
  });

  it('tells nobody who was released or read it outside of track', () => {
    const source = new Source();
    const reader = new Count();
    track(reader, () => {
      source.read();
    });
    source.read();
    release(reader);
    source.changed();
    assert.equal(reader.invalidated, 0);
  });

  it('tells each of its readers once, however often they have read it anew', () => {
    const source = new Source();
    const readers = Array.from({ length: 20 }, () => new Count());
    for (let round = 0; round < 1000; round++) {
      for (const reader of readers) {
        release(reader);
        track(reader, () => {
          source.read();
        });
      }
    }
    source.changed();
    assert.deepEqual(new Set(readers.map(({ invalidated }) => invalidated)), new Set([1]));
  });

  it('of an inner computation is not one of the outer', () => {
    const source = new Source();
    const [outer, inner] = [new Count(), new Count()];
    track(outer, () => {
      track(inner, () => {
        source.read();
      });
    });
    source.changed();
    assert.deepEqual([outer.invalidated, inner.invalidated], [0, 1]);
  });
});

describe('a memo', () => {
  it('computes when asked, and again only after a change of what it read', () => {
    const source = new Source();
    let computed = 0;
    const memo = new Memo(() => {
      source.read();
      return ++computed;
    });
    assert.equal(computed, 0);
    assert.deepEqual([memo.get(), memo.get()], [1, 1]);
    source.changed();
    assert.deepEqual([memo.get(), memo.get()], [2, 2]);
  });

  it('passes a change on to those who read it', () => {
    const source = new Source();
    const memo = new Memo(() => {
      source.read();
      return 1;
    });
    const reader = new Count();
    track(reader, () => memo.get());
    source.changed();
    assert.equal(reader.invalidated, 1);
  });

  it('that failed computes again when asked again', () => {
    let fails = true;
    const memo = new Memo(() => {
      if (fails) throw new Error('no');
      return 1;
    });
    assert.throws(() => memo.get());
    fails = false;
    assert.equal(memo.get(), 1);
  });

  it('whose computation failed is told of what it had read until then', () => {
    const source = new Source();
    const reader = new Count();
    assert.throws(() =>
      track(reader, () => {
        source.read();
        throw new Error('no');
      }),
    );
    source.changed();
    assert.equal(reader.invalidated, 1);
  });
});
