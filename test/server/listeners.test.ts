/** What the log says of the machine's clock and of held payments: at the start, and again only where that helps. */
import assert from 'node:assert/strict';
import { beforeEach, describe, it, mock } from 'node:test';
import type { FastifyBaseLogger } from 'fastify';
import { watchHold, watchSkew } from '../../server/listeners.ts';

const minuteMs = 60_000;
const warnings: [facts: unknown, sentence: string][] = [];
const log = {
  warn: (facts: unknown, sentence: string) => void warnings.push([facts, sentence]),
} as unknown as FastifyBaseLogger;
/** Lets the watch read what it reads asynchronously. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  warnings.length = 0;
  mock.timers.reset();
  mock.timers.enable({ apis: ['setInterval'] });
});

describe('payments that are held after a restore', () => {
  it('are named at the start and each minute, until they go on', async () => {
    let hold: { since: number; heldSince: number } | null = { since: 1, heldSince: Date.UTC(2026, 10, 29, 3) };
    const watch = watchHold(log, { restoreHold: async () => hold });
    watch.start();
    await settled();
    assert.equal(warnings.length, 1);
    assert.deepEqual(warnings[0]?.[0], { since: '2026-11-29T03:00:00.000Z' });
    assert.match(warnings[0]?.[1] ?? '', /held because the database was restored: run pay-desk db verify/);
    mock.timers.tick(minuteMs);
    await settled();
    assert.equal(warnings.length, 2);
    hold = null;
    mock.timers.tick(10 * minuteMs);
    await settled();
    assert.equal(warnings.length, 2);
    watch.stop();
  });

  it('are looked for again after the database did not answer', async () => {
    let away = true;
    const restoreHold = async () => {
      if (away) throw new Error('away');
      return { since: 1, heldSince: 2 };
    };
    const watch = watchHold(log, { restoreHold });
    watch.start();
    await settled();
    away = false;
    mock.timers.tick(minuteMs);
    await settled();
    assert.equal(warnings.length, 1);
    watch.stop();
    mock.timers.tick(minuteMs);
    await settled();
    assert.equal(warnings.length, 1);
  });
});

describe("a clock that is not the database's", () => {
  it('is named once', () => {
    const watch = watchSkew(log, () => -9_000);
    watch.start();
    mock.timers.tick(5 * minuteMs);
    assert.deepEqual(
      warnings.map(([facts]) => facts),
      [{ ms: -9_000 }],
    );
    watch.stop();
  });

  it('is not named while it is nearly the same', () => {
    const watch = watchSkew(log, () => 1_000);
    watch.start();
    mock.timers.tick(5 * minuteMs);
    assert.equal(warnings.length, 0);
    watch.stop();
  });
});
