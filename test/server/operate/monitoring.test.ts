/** Alert rules and dashboard: promtool accepts and tries the rules, and every metric that they name is one that we report. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createMetrics } from '../../../server/plugins/metrics.ts';
import { whyNoProgram } from '../../support/why-no-program.ts';

const folder = fileURLToPath(new URL('../../../server/operate/monitoring/', import.meta.url));
const read = (name: string) => readFileSync(folder + name, 'utf8');

describe('the alert rules', { skip: whyNoProgram('promtool', '--version') }, () => {
  for (const [what, given] of [
    ['are well-formed', ['check', 'rules', 'alerts.yaml']],
    ['ring when they must, and only then', ['test', 'rules', 'alerts.test.yaml']],
  ] as const) {
    it(what, () => {
      const { status, stdout, stderr } = spawnSync('promtool', given, { cwd: folder, encoding: 'utf8' });
      assert.equal(status, 0, stdout + stderr);
    });
  }
});

describe('alerts and dashboard', () => {
  it('name only metrics and kinds that we report', async () => {
    const waiting = { count: 0, since: null };
    const kinds = {
      unknown: waiting,
      needsReview: waiting,
      undelivered: waiting,
      parked: waiting,
      postbacks: waiting,
      unmatched: waiting,
    };
    const { registry } = createMetrics({
      backlog: async () => ({ pendingReconciliation: 0, needsReview: 0, undeliveredWebhooks: 0, unmatchedPostbacks: 0 }),
      money: {
        now: () => 0,
        reads: {
          figures: async () => ({ lastHour: [], waiting: kinds, held: false }),
          taken: async () => ({ money: [], paid: [] }),
        },
      },
    });
    const known = new Set((await registry.getMetricsAsJSON()).map(({ name }) => name));
    const expressions = [
      ...read('alerts.yaml').matchAll(/expr: (\|\n(?: {10}.*\n)+|.*\n)/g),
      ...read('dashboard.json').matchAll(/"expr": (".*")/g),
    ]
      .map(([, text = '']) => text)
      .join('\n');
    const named = new Set(expressions.match(/\b(?:pay_desk|nodejs)_\w+/g)?.map((name) => name.replace(/_bucket$/, '')));
    assert.ok(named.size > 15, [...named].join());
    assert.deepEqual(
      [...named].filter((name) => !known.has(name)),
      [],
    );
    const whats = [...expressions.matchAll(/pay_desk_waiting\w*\{what="(\w+)"/g)].map(([, what]) => what);
    assert.deepEqual(
      whats.filter((what) => !(String(what) in kinds)),
      [],
    );
  });
});
