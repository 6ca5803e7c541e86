/** The simulators started alone, as somebody does who tries a BFF of their own. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { demoKeys } from '../../../server/demo-keys.ts';
import { nodeEnvironment } from '../../support/node-environment.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const entry = 'demo/simulators/start.ts';

function run(args: string[], env: Record<string, string> = {}) {
  const environment = { ...nodeEnvironment(), ...env };
  return spawn(process.execPath, [entry, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: environment });
}

/** Starts them, resolves with what they print, and stops them at the end. */
async function withSimulators(
  env: Record<string, string>,
  work: (printed: Record<string, string>, text: string) => Promise<void>,
) {
  const child = run(['--port-base', '0', '--merchant', 'nova-books', '--bff', 'http://127.0.0.1:9'], env);
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (line.includes('Ctrl-C')) break;
  }
  try {
    const variables = lines.filter((line) => /^\w+=/.test(line)).map((line) => line.split(/=(.*)/s).slice(0, 2));
    await work(Object.fromEntries(variables), lines.join('\n'));
  } finally {
    child.kill('SIGTERM');
    assert.deepEqual(await once(child, 'close'), [0, null]);
  }
}

const ledger = async (origin = '') => (await fetch(new URL('/_/ledger', origin))).json() as Promise<Record<string, unknown>>;

it('print the addresses and the keys that they accept, none of which is the one of the demo', async () => {
  await withSimulators({}, async (printed, text) => {
    const { NOVA_BOOKS_PAYCODES_URL: paycodes, NOVA_BOOKS_PAYKASSMA_URL: paykassma } = printed;
    assert.deepEqual((await ledger(paycodes)).credentials, { type: 'bearer', key: printed.NOVA_BOOKS_PAYCODES_KEY });
    assert.deepEqual((await ledger(paykassma)).keys, {
      secret: printed.NOVA_BOOKS_PAYKASSMA_SECRET,
      accessKey: printed.NOVA_BOOKS_PAYKASSMA_ACCESS_KEY,
      privateKey: printed.NOVA_BOOKS_PAYKASSMA_PRIVATE_KEY,
    });
    const payme = /methods\.card\.url: (\S+)/.exec(text)?.[1];
    const cashbox = { id: printed.NOVA_BOOKS_PAYME_CASHBOX_ID, key: printed.NOVA_BOOKS_PAYME_KEY };
    assert.deepEqual((await ledger(payme)).cashbox, cashbox);
    const ofDemo = [...Object.values(demoKeys.paykassma), ...Object.values(demoKeys.payme), 'paycodes_demo_key'];
    for (const key of ofDemo) assert.ok(!text.includes(key), key);
    const { url } = (await (await fetch(new URL('/_/postbacks', paykassma))).json()) as { url: string };
    assert.equal(url, 'http://127.0.0.1:9/postbacks/paykassma/nova-books');
  });
});

it('keep the keys that the environment names', async () => {
  await withSimulators({ NOVA_BOOKS_PAYME_KEY: 'a-key-of-my-own' }, async (printed) => {
    assert.equal(printed.NOVA_BOOKS_PAYME_KEY, 'a-key-of-my-own');
  });
});

it('say in one sentence what is wrong with an option', async () => {
  const child = run(['--port-base', 'many']);
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  assert.deepEqual(await once(child, 'close'), [1, null]);
  assert.equal(text, '--port-base: expected a whole number from 1 to 65533, or 0 for any free ports.\n');
});
