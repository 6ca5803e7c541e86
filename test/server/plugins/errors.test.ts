/** Every error is a problem document; no request body causes a 5xx; nothing of the request is echoed or logged. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { FastifyPluginAsync } from 'fastify';
import * as z from 'zod';
import { CreatePayment, Empty, ProblemCode, ProblemDetails, SubmitPayCode } from '#contract';
import { type TransportError, UpstreamError } from '../../../server/clients/http.ts';
import { ProblemError, StoreUnavailable } from '../../../server/payments/model/errors.ts';
import { bearer, shop, testApp } from './test-app.ts';

let thrown: unknown;
const throwing: FastifyPluginAsync = async (app) => {
  app.get('/v1/throw', { config: { scope: 'payments' } }, async () => {
    throw thrown;
  });
  app.post('/v1/pay-code', { config: { scope: 'payments' }, schema: { body: SubmitPayCode } }, async () => ({}));
  app.post(
    '/v1/create',
    { config: { scope: 'payments' }, schema: { body: CreatePayment, response: { 200: z.object({ ok: z.boolean() }) } } },
    async () => ({
      ok: true,
    }),
  );
  app.post(
    '/v1/unjudgeable',
    { config: { scope: 'payments' }, schema: { body: z.object({ text: z.string().min(1) }) } },
    async () => ({}),
  );
  app.post('/v1/empty', { config: { scope: 'payments' }, schema: { body: Empty } }, async () => ({}));
  app.delete('/v1/empty', { config: { scope: 'payments' } }, async () => ({}));
  app.get(
    '/v1/own-shape',
    { config: { scope: 'payments' }, schema: { response: { 409: z.object({ other: z.string() }) } } },
    async () => {
      throw new ProblemError('code_used');
    },
  );
  app.get(
    '/v1/lie',
    { config: { scope: 'payments' }, schema: { response: { 200: z.object({ ok: z.boolean() }) } } },
    async () => ({ ok: 'no' }),
  );
};
const app = testApp({ merchantRoutes: [throwing] });
const headers = { ...bearer(shop.key), 'content-type': 'application/json' };

async function answerTo(error: unknown) {
  thrown = error;
  const response = await app.inject({ url: '/v1/throw', headers });
  assert.match(String(response.headers['content-type']), /^application\/problem\+json/);
  const problem = ProblemDetails.parse(response.json());
  assert.equal(problem.status, response.statusCode);
  assert.equal(problem.type, `urn:pay-desk:problem:${problem.code}`);
  return { problem, response };
}
const post = (url: string, payload: string, type = 'application/json') =>
  app.inject({ method: 'POST', url, headers: { ...headers, 'content-type': type }, payload });

it('an object with a length is refused at its field, and a value that cannot be validated is refused without a field', async () => {
  for (const text of ['{"code":{"length":{"toString":1}}}', '{"code":{"length":5}}']) {
    const { statusCode, body } = await post('/v1/pay-code', text);
    assert.deepEqual([statusCode, JSON.parse(body).field], [422, 'code'], text);
  }
  const { statusCode, body } = await post('/v1/unjudgeable', '{"text":{"length":{"toString":1}}}');
  assert.deepEqual([statusCode, JSON.parse(body).code], [422, 'invalid_request']);
});

it('an empty body with the content type of JSON is read as none', async () => {
  assert.equal((await post('/v1/empty', '')).statusCode, 200);
  assert.equal((await app.inject({ method: 'DELETE', url: '/v1/empty', headers })).statusCode, 200);
  const { statusCode, body } = await post('/v1/pay-code', '');
  assert.deepEqual([statusCode, JSON.parse(body).code], [422, 'invalid_request']);
});

describe('a problem', () => {
  it('has its own status for each code of the contract', async () => {
    const statuses: Record<ProblemCode, number> = {
      code_format: 422,
      code_invalid: 422,
      code_used: 409,
      code_expired: 410,
      code_not_yet_valid: 409,
      code_value_too_low: 409,
      code_value_too_high: 409,
      discount_taken: 409,
      discount_lost: 409,
      too_many_attempts: 429,
      no_requisites: 409,
      number_format: 422,
      transaction_number_used: 409,
      number_checking: 409,
      transfer_not_found: 409,
      transfer_refused: 409,
      screenshot_format: 422,
      card_number: 422,
      card_expiry: 422,
      card_declined: 409,
      card_sms_disabled: 409,
      card_not_saved: 409,
      insufficient_funds: 409,
      phone_format: 422,
      sms_code_format: 422,
      sms_code_wrong: 422,
      sms_code_expired: 410,
      sms_not_sent: 503,
      payment_reversed: 409,
      refund_unsupported: 409,
      version_conflict: 409,
      decision_refused: 409,
      refund_too_much: 409,
      receipt_sent: 409,
      outcome_unknown: 409,
      codes_erased: 410,
      provider_unavailable: 503,
      payment_processing: 409,
      payment_expired: 410,
      payment_changed: 409,
      method_unavailable: 409,
      order_conflict: 409,
      idempotency_conflict: 409,
      unauthorized: 401,
      forbidden: 403,
      not_found: 404,
      invalid_request: 400,
      too_large: 413,
      busy: 503,
      internal: 500,
    };
    for (const code of ProblemCode.options) {
      const { problem } = await answerTo(new ProblemError(code));
      assert.deepEqual([problem.code, problem.status], [code, statuses[code]]);
    }
  });

  it('says whether trying again can help', async () => {
    const recoverable = async (...problem: ConstructorParameters<typeof ProblemError>) =>
      (await answerTo(new ProblemError(...problem))).problem.recoverable;
    assert.equal(await recoverable('code_used'), true);
    assert.equal(await recoverable('busy'), true);
    assert.equal(await recoverable('payment_expired'), false);
    assert.equal(await recoverable('idempotency_conflict', { status: 422 }), false);
    assert.equal(await recoverable('idempotency_conflict', { retryAt: new Date(Date.now() + 1000).toISOString() }), true);
  });

  it('can have another status and further fields', async () => {
    const at = '2030-01-01T00:00:00.000Z';
    const { problem } = await answerTo(
      new ProblemError('idempotency_conflict', { status: 422, field: 'a.b', at, reference: 'PD-1', detail: 'why' }),
    );
    assert.deepEqual(
      [problem.status, problem.field, problem.at, problem.reference, problem.detail],
      [422, 'a.b', at, 'PD-1', 'why'],
    );
  });

  it('is complete, whatever schema the route has for its status', async () => {
    const response = await app.inject({ url: '/v1/own-shape', headers });
    assert.equal(ProblemDetails.parse(response.json()).code, 'code_used');
  });

  it('without a reference gets that of the request, another each time', async () => {
    const first = await answerTo(new ProblemError('busy'));
    const second = await answerTo(new ProblemError('busy'));
    assert.match(first.problem.reference, /^[0-9a-f]{12}$/);
    assert.notEqual(first.problem.reference, second.problem.reference);
  });

  it('has the time to try again in Retry-After', async () => {
    const retryAt = new Date(Date.now() + 90_000).toISOString();
    const { response } = await answerTo(new ProblemError('too_many_attempts', { retryAt }));
    const seconds = Number(response.headers['retry-after']);
    assert.ok(seconds > 85 && seconds <= 90, String(seconds));
    const past = await answerTo(new ProblemError('busy', { retryAt: '2020-01-01T00:00:00.000Z' }));
    assert.equal(past.response.headers['retry-after'], '1');
  });
});

describe('a fault', () => {
  it('of a payment service reveals only that the service is not available', async () => {
    const statuses: Record<TransportError, number> = { not_sent: 503, lost: 504, http: 502, bad_shape: 502 };
    for (const [fault, status] of Object.entries(statuses) as [TransportError, number][]) {
      const { problem, response } = await answerTo(
        new UpstreamError(fault, { upstream: 'paycodes', method: 'get_code', reason: 'secret' }),
      );
      assert.deepEqual([problem.code, problem.status], ['provider_unavailable', status]);
      assert.ok(!response.body.includes('secret') && !response.body.includes('paycodes'));
    }
  });

  it('of our own reveals nothing', async () => {
    for (const error of [new Error('the key is hunter2'), 'hunter2', null, { message: 'hunter2' }]) {
      const { problem, response } = await answerTo(error);
      assert.equal(problem.code, 'internal');
      assert.ok(!response.body.includes('hunter2'));
    }
  });

  it('of the database is temporary, so the caller can try again', async () => {
    const { problem, response } = await answerTo(new StoreUnavailable({ code: 'SQLITE_BUSY', effect: 'none', soon: false }));
    assert.deepEqual([problem.code, response.headers['retry-after']], ['busy', '2']);
  });

  it('in serialising an answer is an internal error', async () => {
    const response = await app.inject({ url: '/v1/lie', headers });
    assert.equal(response.json().code, 'internal');
  });

  it('that never ends gets a timeout', async () => {
    thrown = undefined;
    const hanging = testApp({
      limits: { handlerMs: 20 },
      merchantRoutes: [
        async (scope) => void scope.get('/v1/hang', { config: { scope: 'payments' } }, () => new Promise(() => {})),
      ],
    });
    const response = await hanging.inject({ url: '/v1/hang', headers });
    assert.deepEqual([response.statusCode, response.json().code], [503, 'busy']);
  });
});

describe('an invalid request', () => {
  const cases: [what: string, send: () => ReturnType<typeof post>, status: number, code: string][] = [
    ['broken JSON', () => post('/v1/pay-code', '{"code": "SECRET1"'), 400, 'invalid_request'],
    ['no body', () => post('/v1/pay-code', ''), 422, 'invalid_request'],
    ['a body of null', () => post('/v1/pay-code', 'null'), 422, 'invalid_request'],
    ['another type', () => post('/v1/pay-code', 'code=SECRET1', 'application/x-www-form-urlencoded'), 415, 'invalid_request'],
    [
      'plain text, which needs no preflight',
      () => post('/v1/pay-code', '{"code":"SECRET1"}', 'text/plain'),
      415,
      'invalid_request',
    ],
    ['a prototype', () => post('/v1/pay-code', '{"code":"SECRET1","__proto__":{"a":1}}'), 400, 'invalid_request'],
    [
      'a constructor',
      () => post('/v1/pay-code', '{"constructor":{"prototype":{"a":1}},"code":"SECRET1"}'),
      400,
      'invalid_request',
    ],
    ['too much', () => post('/v1/pay-code', JSON.stringify({ code: 'SECRET1'.repeat(3000) })), 413, 'too_large'],
    ['depth', () => post('/v1/pay-code', `{"code":${'['.repeat(8000)}${']'.repeat(8000)}}`), 422, 'invalid_request'],
    ['an unknown field', () => post('/v1/pay-code', '{"code":"A","SECRET1":1}'), 422, 'invalid_request'],
    ['a wrong field', () => post('/v1/pay-code', '{"code":["SECRET1"]}'), 422, 'invalid_request'],
    ['an unknown path', () => post('/v1/SECRET1', '{}'), 404, 'not_found'],
    ['an undecodable path', () => post('/v1/%E0%A4%A', '{}'), 400, 'invalid_request'],
  ];
  for (const [what, send, status, code] of cases) {
    it(`${what} is a ${status}`, async () => {
      const response = await send();
      assert.deepEqual([response.statusCode, response.json().code], [status, code], response.body);
      assert.ok(ProblemDetails.parse(response.json()));
      assert.ok(!response.body.includes('SECRET1'), response.body);
    });
  }

  it('names the field, as a dotted path', async () => {
    assert.equal((await post('/v1/pay-code', '{"code":1}')).json().field, 'code');
    const body = { amount: 1, currency: 'PLN', orderId: 'o', label: 'l', items: [{ title: 't', price: -1 }] };
    assert.equal((await post('/v1/create', JSON.stringify(body))).json().field, 'items.0.price');
  });

  it('says what was expected, and quotes nothing of the request', async () => {
    const whole = { amount: 1, currency: 'PLN', orderId: 'o', label: 'l' };
    const secret = '8600069195406311';
    const cases: [object, string][] = [
      [{ amount: '25.00' }, 'expected a whole number in minor units: 2500 is 25.00 PLN'],
      [{ amount: 25.5 }, 'expected a whole number in minor units: 2500 is 25.00 PLN'],
      [{ items: [{ title: 't', price: '5' }] }, 'expected a whole number in minor units: 2500 is 25.00 PLN'],
      [{ expiresIn: '1' }, 'expected a number'],
      [{ expiresIn: 90.5 }, 'expected a whole number'],
      [{ amount: 0 }, 'expected at least 1'],
      [{ currency: secret }, 'expected a text that matches ^[A-Z]{3}$'],
      [{ orderId: '' }, 'expected at least 1 character'],
      [{ label: secret.repeat(20) }, 'expected at most 190 characters'],
      [{ methods: [secret] }, 'expected one of pay_code, wallet, card'],
      [{ methods: [] }, 'expected at least 1 element'],
      [{ returnUrls: { success: secret } }, 'expected an absolute address, e.g. https://shop.example/'],
      [{ metadata: 1 }, 'expected an object'],
      [{ [secret]: 1 }, 'there is a field that this route does not know'],
    ];
    for (const [own, detail] of cases) {
      const { statusCode, body } = await post('/v1/create', JSON.stringify({ ...whole, ...own }));
      assert.deepEqual([statusCode, JSON.parse(body).detail], [422, detail]);
      assert.ok(!body.includes(secret), body);
    }
  });

  it('with any JSON never causes a 5xx', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('/v1/pay-code', '/v1/create'), fc.json(), async (url, json) => {
        assert.ok((await post(url, json)).statusCode < 500);
      }),
      { numRuns: 300 },
    );
  });

  it('with an almost valid body never causes a 5xx', async () => {
    const odd = fc.oneof(
      fc.string(),
      fc.double(),
      fc.integer(),
      fc.constant(null),
      fc.array(fc.string()),
      fc.dictionary(fc.string(), fc.string()),
    );
    const fields = [
      'amount',
      'currency',
      'orderId',
      'label',
      'methods',
      'items',
      'metadata',
      'returnUrls',
      'locale',
      'phone',
      'expiresIn',
    ];
    const body = fc.record(Object.fromEntries(fields.map((field) => [field, odd])), { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(body, async (wanted) => {
        assert.ok((await post('/v1/create', JSON.stringify(wanted))).statusCode < 500);
      }),
      { numRuns: 300 },
    );
  });
});
