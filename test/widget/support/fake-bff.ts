/** A BFF in a service worker with one payment: it records every request, and answers long polls as the real one does. */

import { HttpResponse, http } from 'msw';
import { setupWorker } from 'msw/browser';
import type { PaymentView, Problem } from '#contract';
import { openPayment } from './payment-view.ts';

export interface ReceivedRequest {
  method: string;
  /** Path and query. */
  path: string;
  key: string | null;
  secret: string | null;
  body: unknown;
}

type Reply = (received: ReceivedRequest) => Response | Promise<Response>;

export const worker = setupWorker();
await worker.start({ quiet: true, onUnhandledFrame: 'bypass', serviceWorker: { url: '/mockServiceWorker.js' } });

export class FakeBff {
  readonly origin: string;
  readonly secret = 'cs_test_1';
  readonly requests: ReceivedRequest[] = [];
  view: PaymentView;
  /** The replies to the next POSTs; after the last one they get the view. */
  readonly replies: Reply[] = [];
  /** Reads fail while this is set. */
  unreachable = false;
  /** Reads fail as on a page of an origin that the BFF refuses: only whether pages of the origin are served can be read. */
  refusesOrigin = false;
  /** Reads are answered with 500 while this is set. */
  broken = false;
  /** Reads wait for this. */
  gate: Promise<void> | null = null;
  #waiting: (() => void)[] = [];

  constructor(view: PaymentView = openPayment(), origin = location.origin) {
    this.view = view;
    this.origin = origin;
    worker.resetHandlers(
      // Asked where a payment cannot be opened; it is no request of a customer.
      http.get(`${this.origin}/checkout/origin`, () =>
        this.unreachable
          ? HttpResponse.error()
          : HttpResponse.json({ allowed: !this.refusesOrigin, origin: 'https://shop.example' }),
      ),
      http.get(`${this.origin}/checkout`, ({ request }) => this.#read(request)),
      http.post(`${this.origin}/checkout/*`, ({ request }) => this.#write(request)),
      http.delete(`${this.origin}/checkout/*`, ({ request }) => this.#write(request)),
    );
  }

  /** The requests that change something. */
  get posts(): ReceivedRequest[] {
    return this.requests.filter(({ method }) => method !== 'GET');
  }

  get reads(): ReceivedRequest[] {
    return this.requests.filter(({ method }) => method === 'GET');
  }

  get polls(): ReceivedRequest[] {
    return this.reads.filter(({ path }) => path.includes('wait='));
  }

  /** Changes the payment and answers pending long polls. */
  move(changes: Partial<PaymentView>): PaymentView {
    this.view = { ...this.view, problem: null, ...changes, version: this.view.version + 1, now: new Date().toISOString() };
    for (const answer of this.#waiting.splice(0)) answer();
    return this.view;
  }

  /** A decline with the fresh view, as a browser POST gets it. */
  refuse(status: number, problem: Problem, changes: Partial<PaymentView> = {}): Response {
    return problemResponse(status, problem, this.move({ ...changes, problem }));
  }

  async #read(request: Request): Promise<Response> {
    const received = await this.#receive(request);
    await this.gate;
    if (this.unreachable || this.refusesOrigin) return HttpResponse.error();
    if (this.broken) return problemResponse(500, { code: 'internal', reference: 'req-500' });
    if (received.secret !== this.secret) return problemResponse(404, { code: 'not_found', reference: 'req-404' });
    const since = new URL(request.url).searchParams.get('since');
    if (since !== null && Number(since) >= this.view.version) await new Promise<void>((answer) => this.#waiting.push(answer));
    return this.unreachable ? HttpResponse.error() : HttpResponse.json(this.view);
  }

  async #write(request: Request): Promise<Response> {
    const received = await this.#receive(request);
    const reply = this.replies.shift();
    return reply ? reply(received) : HttpResponse.json(this.view);
  }

  async #receive(request: Request): Promise<ReceivedRequest> {
    const { pathname, search } = new URL(request.url);
    const received = {
      method: request.method,
      path: pathname + search,
      key: request.headers.get('idempotency-key'),
      secret: request.headers.get('authorization')?.replace('Bearer ', '') ?? null,
      body: request.method === 'POST' ? await bodyOf(request) : null,
    };
    this.requests.push(received);
    return received;
  }
}

/** What was sent: JSON, or the fields of a form, a picture by its type and size. */
async function bodyOf(request: Request): Promise<unknown> {
  if (request.headers.get('content-type')?.startsWith('application/json')) return request.json();
  const fields = [...(await request.formData()).entries()];
  return Object.fromEntries(
    fields.map(([name, value]) => [name, value instanceof File ? `${value.type}, ${value.size} bytes` : value]),
  );
}

export const problemResponse = (status: number, problem: Problem, view?: PaymentView): Response =>
  HttpResponse.json(
    { ...problem, type: 'about:blank', title: problem.code, status, ...(view && { view }) },
    { status, headers: { 'content-type': 'application/problem+json' } },
  );
