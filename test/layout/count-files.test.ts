/** The product follows `layout-rules.ts`, and each of the checks can fail. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { countFiles, findViolations, type Rules } from './count-files.ts';
import * as layout from './layout-rules.ts';
import type { ImportOf, ProductGraph } from './product-graph.ts';
import { readProduct } from './product-graph.ts';

const product = readProduct(fileURLToPath(new URL('../../', import.meta.url)));

it('the product follows the layout rules', () => assert.deepEqual(findViolations(countFiles(product)), []));

it('type-only imports, re-exports and lazy imports count as imports', () => {
  const imports = (path: string) => product.get(path)?.imports ?? [];
  const leads = (from: string, target: string, kind: ImportOf['kind']) =>
    assert.ok(
      imports(from).some((one) => one.target === target && one.kind === kind),
      `${from} → ${target}`,
    );
  leads('server/payments/payments.ts', 'server/payments/model/records.ts', 'static');
  leads('server/contract/index.ts', 'server/contract/problem.ts', 'static');
  leads('server/payments/payments.ts', 'server/contract/payment.ts', 'static');
  leads('widget/messages/language.ts', 'widget/messages/pl.ts', 'lazy');
});

describe('a check fails at', () => {
  const rules: Rules = { ...layout, knownArrows: {}, knownLongFiles: {}, trips: [] };
  const strict: Rules = { ...rules, unexplainedShortFiles: { limit: 0, goal: 0 }, filesInCycles: { limit: 0, goal: 0 } };
  type Files = Parameters<typeof graphOf>[0];
  const violations = (files: Files, changed: Partial<Rules> = {}) =>
    findViolations(countFiles(graphOf(files), { ...strict, ...changed }));

  it('nothing where no rule is broken', () => {
    assert.deepEqual(
      violations({ 'server/app.ts': [60, 'server/payments/payments.ts'], 'server/payments/payments.ts': [250] }),
      [],
    );
  });
  it('a file of more than 250 lines', () => {
    assert.match(String(violations({ 'server/app.ts': [251] })), /lines of server\/app\.ts: 251/);
  });
  it('a file that grew past what is known of it', () => {
    const known = { knownLongFiles: { 'server/app.ts': 260 } };
    assert.deepEqual(violations({ 'server/app.ts': [260] }, known), []);
    assert.match(String(violations({ 'server/app.ts': [261] }, known)), /server\/app\.ts: 261/);
  });
  it('a short file without a reason that at most one module imports', () => {
    assert.match(String(violations({ 'server/tiny.ts': [19] })), /under 20 lines.*server\/tiny\.ts/s);
    assert.deepEqual(violations({ 'widget/messages/pl.ts': [19] }), []);
    const shared: Files = {
      'server/webhooks/a.ts': [60, 'server/payments/tiny.ts'],
      'server/links/b.ts': [60, 'server/payments/tiny.ts'],
    };
    assert.deepEqual(violations({ 'server/payments/tiny.ts': [19], ...shared }), []);
  });
  it('a circle of imports', () => {
    assert.match(
      String(violations({ 'server/a.ts': [60, 'server/b.ts'], 'server/b.ts': [60, 'server/a.ts'] })),
      /a\.ts ⇄ .*b\.ts/,
    );
  });
  it('an import that the matrix does not allow', () => {
    const files: Files = { 'server/clients/a.ts': [60, 'server/payments/b.ts'], 'server/payments/b.ts': [60] };
    assert.match(String(violations(files)), /server\/clients → server\/payments: 1/);
  });
  it('a file that belongs to no module', () => {
    assert.throws(
      () => violations({ 'widget/attic/a.ts': [60, 'widget/index.ts'], 'widget/index.ts': [60] }),
      /belongs to no module/,
    );
  });
  it('a trip through too many files', () => {
    const files: Files = { 'server/a.ts': [60, 'server/b.ts', 'server/c.ts'], 'server/b.ts': [60], 'server/c.ts': [60] };
    const trip = { question: 'a', entries: ['server/a.ts'], through: ['server'], beside: ['server/c.ts'], goal: 1 };
    assert.match(String(violations(files, { trips: [{ ...trip, limit: 1 }] })), /trip: a: 2, and not more than 1/);
    assert.deepEqual(violations(files, { trips: [{ ...trip, limit: 2 }] }), []);
  });
});

function graphOf(files: Record<string, [lines: number, ...imports: string[]]>): ProductGraph {
  return new Map(
    Object.entries(files).map(([path, [lines, ...targets]]) => [
      path,
      { path, lines, imports: targets.map((target) => ({ target, kind: 'static' as const })) },
    ]),
  );
}
