/** The commands on a terminal: the question before an act, Ctrl-C and Ctrl-D, a narrow window, a key that is not shown. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sampleWebhook } from '../../../../server/operate/cli/webhook-samples.ts';
import { nodeEnvironment } from '../../../support/node-environment.ts';

const command = fileURLToPath(new URL('../../../../server/operate/cli/pay-desk.ts', import.meta.url));
/** `script` of util-linux gives a command a terminal. */
const skip = spawnSync('script', ['--version']).status === 0 ? false : 'there is no script of util-linux';

const { payment } = sampleWebhook('payment.underpaid', 'A-17', new Date()).data;
const sentence = 'A sentence that is longer than a narrow terminal is wide, and whose last word is tail.';
const act = {
  act: 'accept',
  title: 'Accept',
  consequence: 'It succeeds.',
  irreversible: 'The shop ships.',
  reads: false,
  secondPerson: false,
};
const timeline = [{ at: payment.createdAt, kind: 'payment', title: sentence, data: {} }];
const detail = { payment, merchantId: 'shop', timeline, acts: [act], approvals: [], flags: [] };
let posts = 0;
const server = createServer((request, response) => {
  if (request.method === 'POST') posts += 1;
  response.end(JSON.stringify(request.method === 'POST' ? { payment } : detail));
});
before(async () => void (await once(server.listen(0, '127.0.0.1'), 'listening')));
after(() => {
  server.closeAllConnections();
  server.close();
});

/** Runs it on a terminal of 50 columns, and types the answer once it asks. */
async function onTerminal(args: readonly string[], answer = '', env: Record<string, string> = {}) {
  const quoted = [process.execPath, command, ...args].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qec', `stty cols 50; ${quoted}`, '/dev/null'], {
    env: {
      ...nodeEnvironment(),
      TERM: 'xterm',
      PAY_DESK_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      PAY_DESK_OPERATOR_KEY: 'op_key',
      ...env,
    },
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const asked = /(go on|not shown\)): /;
    const before = asked.test(output);
    output += text;
    if (!before && asked.test(output)) child.stdin.write(answer);
  });
  const [code] = await once(child, 'close');
  child.stdin.destroy();
  return { code, output };
}

describe('on a terminal', { skip }, () => {
  const accept = ['payments', 'accept', payment.reference, '--note', 'enough'];

  it('an act is done after the reference was typed, in any case of letters', async () => {
    posts = 0;
    const { code, output } = await onTerminal(accept, `${payment.reference.toLowerCase()}\r`);
    assert.equal(code, 0, output);
    assert.match(output, /What cannot be undone: The shop ships\.[\s\S]*Type the reference \(PD-7Q4K-19TZ\) to go on: /);
    assert.equal(posts, 1);
  });

  for (const [what, typed, exit] of [
    ['something else', 'yes\r', 2],
    ['Ctrl-D', '\u0004', 2],
    ['Ctrl-C', '\u0003', 130],
  ] as const) {
    it(`nothing is done after ${what}, without a stack`, async () => {
      posts = 0;
      const { code, output } = await onTerminal(accept, typed);
      assert.equal(code, exit, output);
      assert.equal(posts, 0);
      assert.doesNotMatch(output, / at .*:\d+/);
    });
  }

  it('a table is as wide as the terminal, and no word is lost', async () => {
    const { output } = await onTerminal(['payments', 'show', payment.reference], '', { NO_COLOR: '1' });
    const [table = ''] = /TIME [\s\S]*?\r\n\r\n/.exec(output) ?? [];
    for (const line of table.split('\r\n')) assert.ok(line.length <= 50, line);
    for (const word of sentence.split(' ')) assert.ok(table.includes(word), word);
    assert.ok(!output.includes('\u001b'), 'NO_COLOR');
  });

  it('a key that is typed in is not shown', async () => {
    const { code, output } = await onTerminal(['keys', 'hash'], 'op_planted\r');
    assert.equal(code, 0, output);
    assert.match(output, /sha256:[0-9a-f]{64}/);
    assert.doesNotMatch(output, /planted/);
  });
});
