/** The comparison of transcripts: what it reports, how names are mapped, and what is never renamed. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compareTranscripts } from './compare.ts';
import type { JsonObject } from './json.ts';
import type { RenameMap } from './rename.ts';
import type { Transcript } from './transcript.ts';

const transcript = (...messages: JsonObject[]): Transcript => ({ state: 'one', words: 'One', messages });
const message = (answer: JsonObject, ask = 'POST /checkout/card/code'): JsonObject => ({
  to: 'bff',
  from: 'customer',
  ask,
  status: 200,
  answer,
});
const called = (body: JsonObject): JsonObject => ({ to: 'payme', ask: 'POST /api', headers: {}, body, status: 200 });

const recorded = transcript(
  message({ id: '<pay 1>', changed: { attempt: { status: 'live', tail: '6311' }, amount: 5 } }),
  called({ method: 'receipts.pay', params: { status: 'live', tail: '6311' } }),
);

describe('transcripts', () => {
  it('that are equal have no difference, whatever the order of the members in our own answers', () => {
    const same = transcript(
      message({ changed: { amount: 5, attempt: { tail: '6311', status: 'live' } }, id: '<pay 1>' }),
      ...recorded.messages.slice(1),
    );
    assert.deepEqual(compareTranscripts(recorded, same, {}), []);
  });

  it('that differ are reported by message, path, old and new value', () => {
    const other = transcript(
      message({ id: '<pay 1>', changed: { attempt: { status: 'paid', tail: '6311' } } }),
      ...recorded.messages.slice(1),
    );
    assert.deepEqual(compareTranscripts(recorded, other, {}), [
      '  message 1: customer → bff, POST /checkout/card/code',
      '      answer.changed.attempt.status: "live" → "paid"',
      '      answer.changed.amount: 5 → nothing',
    ]);
  });

  it('with a new or a missing call are reported, and what follows is not', () => {
    const read = called({ method: 'receipts.get' });
    const [first = {}, pay = {}] = recorded.messages;
    assert.deepEqual(compareTranscripts(recorded, transcript(first, read, pay), {}), [
      '  + message 2: bff → payme, POST /api receipts.get',
    ]);
    assert.deepEqual(compareTranscripts(recorded, transcript(first), {}), ['  − message 2: bff → payme, POST /api receipts.pay']);
  });

  it('keep the bytes that services were sent: another order of members is a difference', () => {
    const [first = {}] = recorded.messages;
    const other = called({ params: { status: 'live', tail: '6311' }, method: 'receipts.pay' });
    assert.deepEqual(compareTranscripts(recorded, transcript(first, other), {}), [
      '  message 2: bff → payme, POST /api receipts.pay',
      '      its members come in another order',
    ]);
  });
});

describe('the map of new names', () => {
  const map: RenameMap = {
    everywhere: { keys: { 'attempt.tail': 'lastCharacters' }, values: { 'attempt.status': { live: 'awaiting_customer' } } },
    http: { routes: { 'POST /checkout/card/code': 'POST /checkout/card/sms-code' } },
  };
  const renamed = message(
    { id: '<pay 1>', changed: { attempt: { status: 'awaiting_customer', lastCharacters: '6311' }, amount: 5 } },
    'POST /checkout/card/sms-code',
  );

  it('makes recordings with old names match, and reports the old names in new messages', () => {
    assert.deepEqual(compareTranscripts(recorded, transcript(renamed, ...recorded.messages.slice(1)), map), []);
    assert.notDeepEqual(compareTranscripts(recorded, recorded, map), []);
  });

  it('changes nothing that is sent to a service', () => {
    const [, pay = {}] = recorded.messages;
    const touched = called({ method: 'receipts.pay', params: { status: 'awaiting_customer', lastCharacters: '6311' } });
    assert.deepEqual(compareTranscripts(transcript(pay), transcript(pay), map), []);
    assert.notDeepEqual(compareTranscripts(transcript(pay), transcript(touched), map), []);
  });

  it('matches routes with any id, and renames query parameters', () => {
    const old = message({}, 'GET /v1/payments/<pay 1>?since=0&wait=20');
    const now = message({}, 'GET /v1/orders/<pay 1>/payment?after=0&wait=20');
    const routes = { 'GET /v1/payments/{id}': 'GET /v1/orders/{id}/payment' };
    assert.deepEqual(
      compareTranscripts(transcript(old), transcript(now), { http: { routes, keys: { 'query.since': 'after' } } }),
      [],
    );
  });
});
