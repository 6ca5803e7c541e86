/** An account whose service hangs: its calls wait for their turn, prove that they were not sent, and delay no other account. */
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { it } from 'node:test';
import { UpstreamError } from '../../../server/clients/http.ts';
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
  const stub = await stubUpstream(t, (_question, response) => void held.push(response));
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
