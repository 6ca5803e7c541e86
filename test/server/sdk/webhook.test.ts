/** The package believes what the server signs, and nothing else; why it does not is said without any secret. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { type VerifyOptions, verifyWebhook, WebhookError } from '../../../server/sdk/index.ts';
import { signWebhook } from '../../../server/webhooks/send-webhook.ts';

const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`;
const [old, current, foreign] = [newSecret(), newSecret(), newSecret()];
const body = JSON.stringify({
  type: 'payment.succeeded',
  timestamp: '2026-11-30T08:00:00.000Z',
  sequence: 1,
  data: { payment: {} },
});
const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1000);
const signed = (secrets: string[], at = new Date()) => signWebhook(secrets, 'msg_1', body, at);

describe('a webhook is believed', () => {
  const good: [string, string | Uint8Array, Parameters<typeof verifyWebhook>[1], string | string[]][] = [
    ['as text with the headers of Node', body, signed([current]), current],
    ['as bytes with the headers of fetch', new TextEncoder().encode(body), new Headers(signed([current])), [current]],
    ['with names of headers in any case', body, { 'Webhook-Id': 'msg_1', ...capitals(signed([current])) }, current],
    ['while the sender has rotated and we have not', body, signed([current, old]), old],
    ['while we have rotated and the sender has not', body, signed([old]), [current, old]],
    ['from a clock four minutes behind', body, signed([current], secondsAgo(240)), current],
  ];
  for (const [name, raw, headers, secrets] of good)
    it(name, async () => assert.equal((await verifyWebhook(raw, headers, secrets)).type, 'payment.succeeded'));
});

function capitals(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]));
}

describe('a webhook is refused', () => {
  const bad: [string, string, Record<string, string>, string | string[], string, VerifyOptions?][] = [
    ['without a signature', body, { 'webhook-id': 'msg_1', 'webhook-timestamp': '1' }, current, 'header_missing'],
    ['with another secret', body, signed([foreign]), [current, old], 'signature_wrong'],
    ['with another body', body.replace('succeeded', 'refunded'), signed([current]), current, 'signature_wrong'],
    ['with the id of another', body, { ...signed([current]), 'webhook-id': 'msg_2' }, current, 'signature_wrong'],
    [
      'with a signature that is none',
      body,
      { ...signed([current]), 'webhook-signature': 'v1,%% v1, v2,AAAA' },
      current,
      'signature_wrong',
    ],
    ['after five minutes', body, signed([current], secondsAgo(310)), current, 'timestamp_too_old'],
    ['from the future', body, signed([current], secondsAgo(-310)), current, 'timestamp_too_new'],
    [
      'after the time that the caller allows',
      body,
      signed([current], secondsAgo(20)),
      current,
      'timestamp_too_old',
      { toleranceSeconds: 10 },
    ],
    ['with a time that is none', body, { ...signed([current]), 'webhook-timestamp': 'NaN' }, current, 'timestamp_wrong'],
    ['where the secret is none', body, signed([current]), 'whsec_not base64!', 'secret_wrong'],
    ['where the secret is empty', body, signed([current]), '', 'secret_wrong'],
    ['where there is no secret', body, signed([current]), [], 'secret_wrong'],
  ];
  for (const [name, raw, headers, secrets, code, options] of bad)
    it(name, async () => {
      const error: unknown = await verifyWebhook(raw, headers, secrets, options).catch((cause: unknown) => cause);
      assert.ok(error instanceof WebhookError, String(error));
      assert.equal(error.code, code);
      for (const secret of [old, current, foreign, 'not base64', headers['webhook-signature'] ?? current])
        assert.ok(!`${error.stack}`.includes(secret));
    });

  it('when a parser has read its body already', async () => {
    const parsed = JSON.parse(body) as string;
    await assert.rejects(verifyWebhook(parsed, signed([current]), current), { code: 'body_wrong' });
  });
});
