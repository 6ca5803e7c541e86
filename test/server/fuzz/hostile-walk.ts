/**
 * Sends drawn requests to both listeners of a running demo and looks at each answer: with a healthy database and healthy upstreams
 * none is a 5xx, each comes in time, and every refusal is a problem document.
 */
import assert from 'node:assert/strict';
import { Pool } from 'undici';
import type { Demo } from '../../../demo/start-demo.ts';
import { demoKeys } from '../../../server/demo-keys.ts';
import { scaledTimeout } from '../../support/load-factor.ts';
import { payLinkQuery } from '../../support/pay-link.ts';
import { waitFor } from '../../support/wait-for.ts';
import { createDraw, type Description, type Drawn } from './draw-request.ts';
import { createRandom, type Random } from './random.ts';

/** The server ends its own work after 15 s, and a long poll after 20 s. */
const hangMs = 60_000;
/** The shortest time limit of the server for its database, that of `/readyz`. */
const lateMs = 1_000;

interface Answer {
  status: number;
  type: string;
  text: string;
}

export interface WalkResult {
  /** How often each status was answered. */
  statuses: Map<number, number>;
  /** The same by route, with the name of the listener before it. */
  routes: Map<string, Map<number, number>>;
  /** What was wrong, with the request; at most 200. */
  faults: string[];
  /** How often a 503 came after seconds: this process had no time to be its own payment service, which is no fault of the server. */
  late: number;
  /** Answered requests. */
  answered: number;
  /** Requests that the client itself refused to send, or whose connection the server closed as it should. */
  unsent: number;
}

type ListenerName = 'public' | 'operators';

export interface WalkOptions {
  /** So many requests at once; 20 by default. */
  lanes?: number;
  /** So many requests of each lane are a round, 25 by default. A round waits for its last long poll, so long rounds are quick. */
  share?: number;
  /** Is called after each answer. */
  progress?: (soFar: WalkResult) => void;
  /** Ends it before. */
  signal?: AbortSignal;
}

/**
 * @returns When `count` requests have been drawn, on both listeners together.
 */
export async function walkHostile(
  demo: Demo,
  seed: number,
  count: number,
  { lanes = 20, share: shareOfRound = 25, progress = () => undefined, signal }: WalkOptions = {},
): Promise<WalkResult> {
  const result: WalkResult = { statuses: new Map(), routes: new Map(), faults: [], late: 0, answered: 0, unsent: 0 };
  const options = { connections: lanes, headersTimeout: scaledTimeout(hangMs), bodyTimeout: scaledTimeout(hangMs) };
  const pools = {
    public: new Pool(new URL(demo.urls.bff).origin, options),
    operators: new Pool(new URL(demo.urls.operate).origin, options),
  };
  const send = (listener: ListenerName, drawn: Drawn) => sendDrawn(pools[listener], drawn);
  const describe = async (listener: ListenerName) =>
    JSON.parse((await send(listener, plainGet('/openapi.json')))?.text ?? '') as Description;
  const descriptions = { public: await describe('public'), operators: await describe('operators') };

  /** @returns What sends a share of a round. */
  const createLane = async (random: Random) => {
    let payment = await createPayment(random, (drawn) => send('public', drawn));
    const doors = {
      apiKey: demoKeys.apiKey,
      operatorKey: demoKeys.operators.anna,
      merchant: demoKeys.merchantId,
      postbackKeys: demo.paykassma.keys,
      clientSecret: () => payment.clientSecret,
      paymentId: () => payment.payment.id,
      link: () => drawLink(random),
    };
    const draws = {
      public: createDraw('public', descriptions.public, random, doors),
      operators: createDraw('operators', descriptions.operators, random, doors),
    };
    return async (share: number): Promise<void> => {
      for (let nth = 1; nth <= share && !signal?.aborted; nth += 1) {
        // A new payment now and then, because most routes refuse one that is over.
        if (nth % 20 === 0) payment = await createPayment(random, (drawn) => send('public', drawn));
        const listener = random.oneIn(4) ? 'operators' : 'public';
        const drawn = draws[listener]();
        const start = performance.now();
        const answer = await send(listener, drawn).catch((cause: Error) => cause);
        const ms = Math.round(performance.now() - start);
        if (answer === null) {
          result.unsent += 1;
          continue;
        }
        const isLate = !(answer instanceof Error) && answer.status === 503 && ms >= lateMs;
        if (isLate) result.late += 1;
        const fault = answer instanceof Error ? `no answer: ${answer.message}` : faultOf(answer);
        if (fault && !isLate && result.faults.length < 200)
          result.faults.push(
            `${fault} after ${ms} ms for ${listener} ${JSON.stringify({ ...drawn, body: drawn.body?.toString('latin1') }).slice(0, 600)}`,
          );
        const status = answer instanceof Error ? 0 : answer.status;
        const route = `${listener} ${drawn.route}`;
        const byStatus = result.routes.get(route) ?? new Map<number, number>();
        result.routes.set(route, byStatus.set(status, (byStatus.get(status) ?? 0) + 1));
        result.statuses.set(status, (result.statuses.get(status) ?? 0) + 1);
        result.answered += 1;
        progress(result);
      }
    };
  };
  try {
    const all = await Promise.all(Array.from({ length: lanes }, (_, nth) => createLane(createRandom(seed + nth))));
    for (let left = Math.ceil(count / lanes); left > 0 && !signal?.aborted; left -= shareOfRound) {
      await Promise.all(all.map((lane) => lane(Math.min(left, shareOfRound))));
      // Time passes, or the limits per address and hour would soon refuse everything. Between two rounds, since to a call in flight
      // a jump of an hour looks like the death of its process.
      await advanceClock(demo, 3_600_000);
    }
  } finally {
    await Promise.all(Object.values(pools).map((pool) => pool.destroy()));
  }
  return result;
}

async function advanceClock({ urls }: Demo, advanceMs: number): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  await fetch(new URL('/qa/clock', urls.qa), { method: 'POST', headers, body: JSON.stringify({ advanceMs }) });
}

const plainGet = (path: string): Drawn => ({ method: 'GET', route: `GET ${path}`, path, headers: {} });

/** Null where the client refuses to send it, so that it is no request, and where the server closed the connection instead. */
async function sendDrawn(pool: Pool, { method, path, headers, body }: Drawn): Promise<Answer | null> {
  try {
    const response = await pool.request({ method: method as 'GET', path, headers, body: body ?? null });
    const type = response.headers['content-type'];
    return { status: response.statusCode, type: String(type ?? ''), text: await response.body.text() };
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    // An answer before the whole body was sent, and a connection that was just closing, are no errors.
    if (['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED', 'UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(code)) return null;
    throw cause;
  }
}

async function createPayment(random: Random, send: (drawn: Drawn) => Promise<Answer | null>) {
  const money = random.pick([
    { amount: 2500, currency: 'PLN' },
    { amount: 600_000, currency: 'MMK' },
    { amount: 5_000_000, currency: 'UZS' },
  ]);
  const id = () => `${random.below(2 ** 31).toString(36)}-${random.below(2 ** 31).toString(36)}`;
  const request = {
    method: 'POST',
    route: 'POST /v1/payments',
    path: '/v1/payments',
    headers: { authorization: `Bearer ${demoKeys.apiKey}`, 'content-type': 'application/json', 'idempotency-key': id() },
    body: JSON.stringify({ ...money, orderId: id(), label: `customer-${random.below(1_000)}` }),
  };
  // A shop tries again while the server is busy.
  const answer = await waitFor(async () => {
    const now = await send(request);
    return now?.status === 503 ? null : now;
  }, 30_000);
  assert.equal(answer.status, 201, answer.text);
  return JSON.parse(answer.text) as { clientSecret: string; payment: { id: string } };
}

function drawLink(random: Random): string {
  const query = payLinkQuery(demoKeys.linkKey.key, {
    merchant: demoKeys.merchantId,
    kid: demoKeys.linkKey.kid,
    label: random.pick(['c', '\u202e', '%00', '\0']),
    currency_code: random.pick(['PLN', 'MMK', 'pln']),
    custom_transaction_id: random.pick([`order-${random.below(2 ** 31)}`, '', '\0', '\u{1f600}']),
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
}

/** Nothing of the server's own that no answer may hold. */
const secrets: readonly string[] = [
  demoKeys.webhookSecret,
  demoKeys.linkKey.key,
  demoKeys.sealingKey,
  demoKeys.payme.key,
  ...Object.values(demoKeys.paykassma),
].flatMap((secret) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64').replace(/=+$/, '')]);

/** What is wrong with an answer; null where nothing is. */
function faultOf({ status, type, text }: Answer): string | null {
  if (secrets.some((secret) => text.includes(secret))) return `${status} with a secret of the server`;
  if (status >= 500) return `${status} ${text.slice(0, 200)}`;
  // The page that is shown to a person where there is no merchant, and the empty answers of a preflight.
  if (status < 400 || (status === 404 && type.startsWith('text/html'))) return null;
  if (!type.startsWith('application/problem+json')) return `${status} ${type}`;
  const { code, status: problemStatus, reference } = JSON.parse(text) as Record<string, unknown>;
  return typeof code === 'string' && problemStatus === status && typeof reference === 'string' && reference !== ''
    ? null
    : `${status} ${text.slice(0, 200)}`;
}
