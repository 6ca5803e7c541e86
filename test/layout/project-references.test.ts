/** A wrong import between modules does not compile. `layout-rules.ts` has the finer rules. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'pay-desk-walls-'));

/** The wrong files are added to a copy, because other tests use the repository at the same time. */
before(() => {
  for (const part of ['server', 'widget', 'tsconfig.json', 'package.json']) {
    cpSync(join(root, part), join(copy, part), { recursive: true, filter: (path) => !path.endsWith('.types') });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
});
after(() => rmSync(copy, { recursive: true }));

/** The compiler's output for a file with these lines in the module. */
function compile(module: string, lines: string): string {
  const planted = join(copy, module, 'planted.ts');
  writeFileSync(planted, `${lines}\n`);
  try {
    execFileSync(join(root, 'node_modules/.bin/tsc'), ['-b', module], { cwd: copy, encoding: 'utf8', stdio: 'pipe' });
    return '';
  } catch (cause) {
    return String((cause as { stdout?: string }).stdout);
  } finally {
    rmSync(planted);
  }
}

describe('the compiler refuses', () => {
  const wrong: [string, string, RegExp][] = [
    ['widget', "export { createPayments } from '../server/payments/payments.ts';", /planted\.ts.*TS6307/],
    ['widget', 'export const secret = process.env.SEALING_KEY;', /planted\.ts.*'process'/],
    ['server/payments', 'export const title = document.title;', /planted\.ts.*'document'/],
    ['server/payments', "export { openStore } from '../storage/store.ts';", /planted\.ts.*TS6307/],
    ['server/links', "export { payCodeRoutes } from '../methods/pay-code/routes.ts';", /planted\.ts.*TS6307/],
    ['server/clients', "export { createPayments } from '../payments/payments.ts';", /planted\.ts.*TS6307/],
    ['server/contract', "export { can } from '../payments/model/payment-state.ts';", /planted\.ts.*TS6307/],
    ['server/payments/model', "export { recordIntent } from '../attempts/record-intent.ts';", /planted\.ts.*TS6307/],
    ['server/payments/model', "export { createSealer } from '../sealer.ts';", /planted\.ts.*TS6307/],
    ['server/payments/attempts', "export { createPayments } from '../payments.ts';", /planted\.ts.*TS6307/],
    ['server/payments/attempts', "export { runIdempotent } from '../http/idempotency.ts';", /planted\.ts.*TS6307/],
    ['server/payments', "export { submitOnce } from './http/idempotency.ts';", /planted\.ts.*TS6307/],
    ['server/storage', "export { runIdempotent } from '../payments/http/idempotency.ts';", /planted\.ts.*TS6307/],
    ['server/reconcile', "export { submitOnce } from '../payments/http/idempotency.ts';", /planted\.ts.*TS6307/],
  ];
  for (const [module, lines, output] of wrong) {
    it(`in ${module}: ${lines}`, () => assert.match(compile(module, lines), output));
  }
  it('nothing where the import is allowed', () => {
    assert.equal(compile('widget', "export type { PaymentView } from '#contract';"), '');
  });
});
