/** The walls of the house hold: an arrow that runs the wrong way does not compile. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'pay-desk-walls-'));

/** Planted in a copy: the house itself is not to be touched while other tests live in it. */
before(() => {
  for (const part of ['server', 'widget', 'tsconfig.json', 'package.json']) {
    cpSync(join(root, part), join(copy, part), { recursive: true, filter: (path) => !path.endsWith('.types') });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
});
after(() => rmSync(copy, { recursive: true }));

/** What the compiler says to a file with these lines in that room. */
function compile(room: string, lines: string): string {
  const planted = join(copy, room, 'planted.ts');
  writeFileSync(planted, `${lines}\n`);
  try {
    execFileSync(join(root, 'node_modules/.bin/tsc'), ['-b', room], { cwd: copy, encoding: 'utf8', stdio: 'pipe' });
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
    ['server/payments', "export { submitOnce } from './http/submit-once.ts';", /planted\.ts.*TS6307/],
    ['server/storage', "export { runIdempotent } from '../payments/http/idempotency.ts';", /planted\.ts.*TS6307/],
    ['server/reconcile', "export { submitOnce } from '../payments/http/submit-once.ts';", /planted\.ts.*TS6307/],
  ];
  for (const [room, lines, says] of wrong) {
    it(`in ${room}: ${lines}`, () => assert.match(compile(room, lines), says));
  }
  it('and nothing where the arrow is right', () => {
    assert.equal(compile('widget', "export type { PaymentView } from '#contract';"), '');
  });
});
