/** An account whose service hangs: its calls wait for their turn, prove that they were not sent, and delay no other account. */
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { it } from 'node:test';
import { deadlineOf, UpstreamError } from '../../../server/clients/http.ts';
import { createPayCodesClient } from '../../../server/clients/paycodes/client.ts';
import { scaledTimeout } from '../../support/load-factor.ts';
import { waitFor } from '../../support/wait-for.ts';
import { result, stubUpstream } from './stub-upstream.ts';

const code = (nth: number) => ({ code: `C${nth}`, ruleSlug: 'demo', client: `pw:${nth}` });
const faultOf = (call: Promise<unknown>) =>
  call.then(
    () => 'answered',
    (cause: unknown) => (cause instanceof UpstreamError ? `${cause.fault} ${cause.reason}` : cause),
  );

it('has twenty calls at a time; one that is given up in the queue was certainly not sent', async (t) => {
  const held: ServerResponse[] = [];
  const stub = await stubUpstream(t, (_question, response) => void held.push(response), { timeoutMs: 60_000 });
  const running = Array.from({ length: 20 }, (_, nth) => faultOf(stub.client.useCode(code(nth))));
  await waitFor(async () => held.length === 20);
  const givenUp = new AbortController();
  const waiting = faultOf(stub.client.useCode(code(20), givenUp.signal));
  givenUp.abort();
  assert.equal(await waiting, 'not_sent queued');

  // A connection that gets free goes to the call that waits for it.
  stub.respond = result({ status: true });
  const next = faultOf(stub.client.useCode(code(21)));
  held[0]?.destroy();
  assert.equal(await next, 'answered');
  assert.deepEqual(stub.questions.map(({ params }) => params.code).slice(20), ['C21'], 'the call that was given up was sent');
  for (const response of held) response.destroy();
  assert.deepEqual(new Set(await Promise.all(running)), new Set(['lost UND_ERR_SOCKET']));
});

it('lets a call wait for its turn for half of its time, and no longer', async (t) => {
  const held: ServerResponse[] = [];
  const stub = await stubUpstream(t, (_question, response) => void held.push(response), { timeoutMs: scaledTimeout(4_000) });
  const running = Array.from({ length: 20 }, (_, nth) => faultOf(stub.client.useCode(code(nth))));
  await waitFor(async () => held.length === 20);
  const late = Array.from({ length: 3 }, (_, nth) => faultOf(stub.client.useCode(code(20 + nth))));
  assert.deepEqual(new Set(await Promise.all(late)), new Set(['not_sent queued']));
  // Those before are still waited for, and none of the others comes after them.
  assert.ok(
    held.every(({ destroyed }) => !destroyed),
    'the calls before had come to their end',
  );
  for (const response of held) response.destroy();
  await Promise.all(running);
  assert.equal(stub.questions.length, 20);
});

it('gives a caller who brings a time of their own at most four seconds in the queue', () => {
  const caller = AbortSignal.timeout(12_000);
  assert.deepEqual(
    [deadlineOf(30_000), deadlineOf(30_000, caller), deadlineOf(2_000, caller)].map(({ queueMs }) => queueMs),
    [15_000, 4_000, 1_000],
  );
});

it('keeps the turn of a call until its error page is read, so that none waits for a connection unseen', async (t) => {
  const pages: ServerResponse[] = [];
  const stub = await stubUpstream(
    t,
    (_question, response) => {
      response.writeHead(503, { 'content-type': 'text/html' }).write('<html>');
      pages.push(response);
    },
    { timeoutMs: 60_000 },
  );
  const failed = Array.from({ length: 20 }, (_, nth) => faultOf(stub.client.useCode(code(nth))));
  assert.deepEqual(new Set(await Promise.all(failed)), new Set(['http 503']));
  stub.respond = result({ status: true });
  const givenUp = new AbortController();
  const waiting = faultOf(stub.client.useCode(code(20), givenUp.signal));
  givenUp.abort();
  assert.equal(await waiting, 'not_sent queued');
  const next = faultOf(stub.client.useCode(code(21)));
  pages[0]?.end('</html>');
  assert.equal(await next, 'answered');
});

it('that are closed send nothing', async (t) => {
  const stub = await stubUpstream(t, result({ status: true }));
  const client = createPayCodesClient({ url: stub.url, auth: { type: 'none' } });
  const closing = client.close();
  assert.equal(await faultOf(client.useCode(code(1))), 'not_sent UND_ERR_CLOSED');
  await closing;
  assert.equal(await faultOf(client.useCode(code(2))), 'not_sent UND_ERR_CLOSED');
  assert.deepEqual(stub.questions, []);
});
