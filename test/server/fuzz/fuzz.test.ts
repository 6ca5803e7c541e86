/**
 * Hostile requests, drawn from the description of the interface: with a healthy database and healthy upstreams no answer is a
 * 5xx, and every decline is a problem document. The seed of a run is printed; `FUZZ_SEED=… FUZZ_REQUESTS=…` draws it again, or
 * more of it.
 */
import assert from 'node:assert/strict';
import { randomInt, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { type Demo, startDemo } from '../../../demo/start-demo.ts';
import { demoKeys } from '../../../server/demo-keys.ts';
import { payLinkQuery } from '../../support/pay-link.ts';
import { createDraw, type Description, type Drawn } from './draw-request.ts';
import { createRandom, type Random } from './random.ts';

const requests = Number(process.env.FUZZ_REQUESTS ?? 2_000);
/** This many at once, so that slow requests do not delay all others. */
const lanes = 20;

interface Answer {
  status: number;
  type: string;
  text: string;
}

describe('hostile requests', () => {
  let demo: Demo;
  const agent = new Agent({ keepAlive: true, maxSockets: lanes });
  before(async () => {
    demo = await startDemo({ portBase: 0 });
  });
  after(async () => {
    agent.destroy();
    await demo.close();
  });

  /** Null where Node's own client refuses to send it: that is no request. */
  const send = ({ method, path, headers, body }: Drawn): Promise<Answer | null> =>
    new Promise((resolve, reject) => {
      try {
        const { hostname, port } = new URL(demo.urls.bff);
        const call = request({ hostname, port, method, path, headers, agent }, async (response) => {
          let text = '';
          for await (const chunk of response.setEncoding('utf8')) text += chunk;
          resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', text });
        });
        call.on('error', (cause: NodeJS.ErrnoException) =>
          // An answer before the whole body was sent, and a connection that was just closing, are no errors.
          cause.code === 'ECONNRESET' || cause.code === 'EPIPE' ? resolve(null) : reject(cause),
        );
        call.end(body);
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code?.startsWith('ERR_')) resolve(null);
        else reject(cause);
      }
    });

  const create = async (random: Random) => {
    const body = {
      ...random.pick([
        { amount: 2500, currency: 'PLN' },
        { amount: 600_000, currency: 'MMK' },
        { amount: 5_000_000, currency: 'UZS' },
      ]),
      orderId: randomUUID(),
      label: 'customer-1',
    };
    const answer = await send({
      method: 'POST',
      path: '/v1/payments',
      headers: {
        authorization: `Bearer ${demoKeys.apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify(body),
    });
    assert.equal(answer?.status, 201, answer?.text);
    return JSON.parse(answer?.text ?? '') as { clientSecret: string; payment: { id: string } };
  };

  const link = (random: Random) => {
    const query = payLinkQuery(demoKeys.linkKey.key, {
      merchant: demoKeys.merchantId,
      kid: demoKeys.linkKey.kid,
      label: random.pick(['c', '\u202e', '%00', '\0']),
      currency_code: random.pick(['PLN', 'MMK', 'pln']),
      custom_transaction_id: random.pick([randomUUID(), '', '\0', '\u{1f600}']),
      fixed_amount: random.pick(['25', '0', '-1', '9'.repeat(400), '1e3']),
      exp: random.pick([String(Math.floor(Date.now() / 1000) + 600), '0', '9'.repeat(11), 'x']),
      [random.pick(['lang', 'methods', 'wallet_type', 'success_url', 'payment_url_fail_id', '__proto__'])]: random.pick([
        'constructor',
        '__proto__',
        'https://[',
        'wallet,card',
        '',
      ]),
    });
    return random.oneIn(3) ? query.slice(0, random.below(query.length)) : query;
  };

  /** How often each status was answered. */
  const statuses = new Map<number, number>();

  const walk = async (random: Random, count: number): Promise<string[]> => {
    const wrong: string[] = [];
    const description = JSON.parse(
      (await send({ method: 'GET', path: '/openapi.json', headers: {} }))?.text ?? '',
    ) as Description;
    let payment = await create(random);
    const draw = createDraw(description, random, {
      apiKey: demoKeys.apiKey,
      clientSecret: () => payment.clientSecret,
      paymentId: () => payment.payment.id,
      link: () => link(random),
    });
    for (let nth = 1; nth <= count; nth += 1) {
      // A new payment now and then, because most routes refuse one that is over.
      if (nth % 10 === 0) payment = await create(random);
      const drawn = draw();
      const answer = await send(drawn);
      if (!answer) continue;
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      const fault = faultOf(answer);
      if (fault) wrong.push(`${fault} for ${JSON.stringify({ ...drawn, body: drawn.body?.toString('latin1') }).slice(0, 600)}`);
    }
    return wrong;
  };

  it(`are never answered by a 5xx, and refused by a problem document (${requests})`, async (test) => {
    const seed = Number(process.env.FUZZ_SEED ?? randomInt(2 ** 31));
    test.diagnostic(`FUZZ_SEED=${seed}`);
    const walks = Array.from({ length: lanes }, (_, lane) => walk(createRandom(seed + lane), Math.ceil(requests / lanes)));
    const wrong = (await Promise.all(walks)).flat();
    test.diagnostic(
      [...statuses]
        .sort()
        .map(([status, count]) => `${status}: ${count}`)
        .join(', '),
    );
    assert.deepEqual(wrong, [], `FUZZ_SEED=${seed}`);
    // A run in which every request is refused has tested nothing.
    const taken = [200, 201].reduce((sum, status) => sum + (statuses.get(status) ?? 0), 0);
    assert.ok(
      taken > requests / 20 && (statuses.get(422) ?? 0) > requests / 20,
      'the requests come through neither to an effect nor to a schema',
    );
  });
});

/** What is wrong with an answer; null where nothing is. */
function faultOf({ status, type, text }: Answer): string | null {
  if (status >= 500) return `${status} ${text.slice(0, 200)}`;
  // The page that is shown to a person where there is no merchant, and the empty answers of a preflight.
  if (status < 400 || (status === 404 && type.startsWith('text/html'))) return null;
  if (!type.startsWith('application/problem+json')) return `${status} ${type}`;
  const { code, status: problemStatus, reference } = JSON.parse(text) as Record<string, unknown>;
  return typeof code === 'string' && problemStatus === status && typeof reference === 'string' && reference !== ''
    ? null
    : `${status} ${text.slice(0, 200)}`;
}
