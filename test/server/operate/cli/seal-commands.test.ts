/** Exchanging the sealing key by command, as `server/README.md` describes it. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createCardTestBed } from '../../../support/card-test-bed.ts';
import { runCommand } from '../../../support/pay-desk-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'pay-desk-seal-commands-'));
const oldKey = Buffer.alloc(32, 5).toString('hex');
const newKey = randomBytes(32).toString('hex');
const services = { SHOP_PAYCODES_URL: 'http://127.0.0.1:9/', SHOP_PAYCODES_KEY: 'key' };
const env = { DATABASE_URL: `sqlite:${join(folder, 'pay-desk.db')}`, SEALING_KEY: oldKey, ...services };
const seal = (what: string, variables: Record<string, string>, ...args: string[]) =>
  runCommand(['seal', what, '--env-file', join(folder, 'config/pay-desk.env'), ...args], { env: { ...env, ...variables } });

before(async () => {
  await runCommand(['init', '--dir', join(folder, 'config'), '--methods', 'pay_code']);
  // A card whose SMS code is awaited has a sealed token.
  const testBed = await createCardTestBed({ databaseUrl: env.DATABASE_URL, sealingKey: Buffer.from(oldKey, 'hex') });
  await testBed.card(await testBed.pay());
  await testBed.close();
});
after(() => rmSync(folder, { recursive: true }));

const sealedUnder = (stdout: string, keyId: string) =>
  (JSON.parse(stdout) as { keyId: string; rows: { attempts: number } }[]).find((use) => use.keyId === keyId)?.rows.attempts;

describe('pay-desk seal', () => {
  it('says what is sealed under which key', async () => {
    const { code, stdout, stderr } = await seal('status', {}, '--json');
    assert.equal(code, 0, stderr);
    assert.equal(sealedUnder(stdout, '0'), 1);
  });

  it('seals again under the newest key, and says which key may go', async () => {
    const both = { SEALING_KEYS: `2027:${newKey}` };
    const { code, stdout, stderr } = await seal('rotate', both);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^KEY +ROLE[^\n]*\n2027 +seals +1 [^\n]*\n0 +opens +0 /);
    assert.match(stderr, /Nothing is sealed under 0 any more/);
    assert.equal(sealedUnder((await seal('status', both, '--json')).stdout, '2027'), 1);
  });

  it('refuses a key that is not the one of its id, and does not repeat it', async () => {
    const wrong = randomBytes(32).toString('hex');
    const { code, stderr } = await seal('rotate', { SEALING_KEYS: `2027:${wrong}` });
    assert.equal(code, 1);
    assert.match(stderr, /SEALING_KEYS: expected/);
    assert.ok(!stderr.includes(wrong));
  });
});
