/** Log lines contain listed names only: a secret planted anywhere in a request is in none of them. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { UpstreamError } from '../../../server/clients/http.ts';
import { bearer, shop, testApp } from './test-app.ts';

const planted = 'PLANTED1';

function logged() {
  const lines: string[] = [];
  const app = testApp({
    config: { logLevel: 'trace' },
    logTo: { write: (line) => void lines.push(line) },
    merchantRoutes: [
      async (scope) => {
        scope.post('/v1/say/:what', { config: { scope: 'payments' } }, async (request) => {
          request.log.info({ body: request.body, headers: request.headers, query: request.query, paymentId: 'pay_1' }, 'said');
          const refused = new Error(`refused ${planted}`);
          request.log.warn(refused);
          // As Fastify itself does.
          request.log.warn({ err: refused }, refused.message);
          request.log.warn({ err: new TypeError(`refused ${planted}`, { cause: new RangeError(planted) }) });
          throw Object.assign(new Error(`broken by ${planted}\n    at ${planted}`), {
            [planted]: planted,
            code: `no code ${planted}`,
          });
        });
        scope.get('/v1/upstream', { config: { scope: 'payments' } }, async () => {
          throw new UpstreamError('lost', { upstream: 'paycodes', method: 'use_code', reason: 'ECONNRESET' });
        });
      },
    ],
  });
  return { app, lines, parsed: () => lines.map((line) => JSON.parse(line)) };
}

it('of a request only its method and route are logged', async () => {
  const { app, lines, parsed } = logged();
  await app.inject({
    method: 'POST',
    url: `/v1/say/${planted}?code=${planted}`,
    headers: { ...bearer(shop.key), 'x-planted': planted, 'idempotency-key': planted, 'user-agent': planted },
    payload: { code: planted, [planted]: 1 },
  });
  await app.inject({ url: `/${planted}` });
  await app.inject({ url: `/%E0%A4%A${planted}` });
  assert.ok(lines.length >= 6, lines.join(''));
  for (const line of lines) assert.ok(!line.includes(planted) && !line.includes(shop.key), line);
  const answered = parsed().filter(({ msg }) => msg === 'answered');
  assert.deepEqual(
    answered.map(({ req, res, problem }) => [req.method, req.route, res.statusCode, problem]),
    [
      ['POST', '/v1/say/:what', 500, 'internal'],
      ['GET', 'unmatched', 404, 'not_found'],
    ],
  );
  assert.equal(parsed().find(({ msg }) => msg === 'said').paymentId, 'pay_1');
});

it('an error is logged with its kind and where it was thrown', async () => {
  const { app, parsed } = logged();
  await app.inject({ method: 'POST', url: '/v1/say/x', headers: bearer(shop.key), payload: {} });
  const { err, reqId } = parsed().find(({ msg }) => msg === 'request failed');
  assert.equal(err.type, 'Error');
  assert.match(err.stack, /log\.test\.ts:\d+:\d+/);
  assert.match(reqId, /^[0-9a-f]{12}$/);
});

it('an upstream error is logged with its fault', async () => {
  const { app, parsed } = logged();
  await app.inject({ url: '/v1/upstream', headers: bearer(shop.key) });
  const { err } = parsed().find(({ msg }) => msg === 'request failed');
  assert.deepEqual(
    [err.type, err.upstream, err.method, err.message],
    ['UpstreamError', 'paycodes', 'use_code', 'lost ECONNRESET'],
  );
});
