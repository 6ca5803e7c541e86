/** An operator's API that answers what a test puts into it, and keeps what it was sent. It knows no transport. */
import type { PaymentDetail, PaymentSummary, PostbackItem, QueueItem } from '#contract/operate';
import { anna, detail, event, eventDetail, fullQueue, health, postback, reconciliation, summary } from './operator-data.ts';

export interface Received {
  method: string;
  /** Path and query. */
  path: string;
  /** The Idempotency-Key. */
  key: string | null;
  body: unknown;
}

export interface Reply {
  status: number;
  body: unknown;
}

export const validKey = 'op_test_key';

export class FakeOperatorApi {
  readonly received: Received[] = [];
  me = anna;
  queue: QueueItem[] = fullQueue();
  detail: PaymentDetail = detail();
  payments: PaymentSummary[] = [
    summary(),
    summary({ id: 'pay_other', reference: 'PD-OTHE-R000', status: 'succeeded', amountPaid: 600_000 }),
  ];
  understoodAs: string | null = 'reference';
  postbacks: PostbackItem[] = [postback(), postback({ id: 'pbi_2', signedAmount: true, label: null, wallet: 'kbzpay' })];
  status = health();
  reconciliations = [reconciliation(), reconciliation({ id: 'rec_2', differences: 0, found: [], requestedBy: null })];
  events = [
    event(),
    event({ id: 'evt_2', type: 'payment.needs_review', status: 'pending', nextTryAt: new Date().toISOString() }),
  ];
  /** What is read of one webhook; null: a usual one. */
  event: ReturnType<typeof eventDetail> | null = null;
  /** The replies to the next POSTs, one each; `null` = no answer arrives. */
  readonly replies: (Reply | null)[] = [];
  /** Requests are answered when this has ended. */
  gate: Promise<void> = Promise.resolve();
  /** No request is answered while this is set. */
  isLost = false;
  /** Every request is refused with 401 while this is set. */
  isKeyRevoked = false;
  /** How many rows a page has. */
  pageSize = 50;

  get posts(): Received[] {
    return this.received.filter(({ method }) => method === 'POST');
  }

  /** @returns Null if no answer arrives. */
  answer(received: Received, key: string | null): Reply | null {
    this.received.push(received);
    if (this.isLost) return null;
    if (this.isKeyRevoked || key !== validKey) return problem(401, 'unauthorized');
    if (received.method === 'POST') {
      if (this.replies.length > 0) return this.replies.shift() ?? null;
      return received.path.endsWith('/test')
        ? ok({ id: 'evt_t', delivered: true, status: 200, reason: null, durationMs: 34 })
        : ok({ payment: this.detail.payment });
    }
    const { pathname, searchParams } = new URL(received.path, 'http://fake');
    return this.#read(pathname.replace('/operate', ''), searchParams);
  }

  #read(path: string, query: URLSearchParams): Reply {
    const page = <Item extends { id: string }>(items: readonly Item[]) => {
      const start = items.findIndex(({ id }) => id === query.get('after')) + 1;
      const shown = items.slice(start, start + this.pageSize);
      return { shown, next: start + this.pageSize < items.length ? (shown.at(-1)?.id ?? null) : null };
    };
    if (path === '/me') return ok(this.me);
    if (path === '/status') return ok(this.status);
    if (path === '/queue') {
      const kind = query.get('kind');
      const { shown, next } = page(this.queue.filter((item) => !kind || item.kind === kind));
      const counts: Record<string, number> = {};
      for (const item of this.queue) counts[item.kind] = (counts[item.kind] ?? 0) + 1;
      return ok({ items: shown, next, counts });
    }
    if (path === '/payments') {
      const { shown, next } = page(this.payments);
      return ok({ payments: shown, next, understoodAs: query.get('q') ? this.understoodAs : null });
    }
    if (path.startsWith('/payments/')) return ok(this.detail);
    if (path === '/postbacks') {
      const { shown, next } = page(this.postbacks.filter(({ status }) => status === query.get('status')));
      return ok({ postbacks: shown, next });
    }
    if (path === '/reconciliations') {
      const { shown, next } = page(this.reconciliations);
      return ok({ reconciliations: shown.map(({ found: _f, ...run }) => run), next });
    }
    if (path.startsWith('/reconciliations/'))
      return ok(this.reconciliations.find(({ id }) => id === path.split('/')[2]) ?? this.reconciliations[0]);
    if (path === '/export.csv') return ok('created,paid\r\n');
    if (path === '/events/undelivered') {
      const waiting = this.events.filter(({ status }) => status !== 'delivered');
      const { shown, next } = page(waiting.map((one) => ({ ...one, merchantId: 'tea-house', reference: 'PD-3T7W-QX55' })));
      return ok({ events: shown, next });
    }
    if (path === '/events') {
      const { shown, next } = page(this.events.filter(({ status }) => !query.get('status') || status === query.get('status')));
      return ok({ events: shown, next, hasMore: next !== null });
    }
    if (path.startsWith('/events/')) return ok(this.event ?? eventDetail({ id: path.split('/')[2] ?? '' }));
    return problem(404, 'not_found');
  }
}

export const ok = (body: unknown): Reply => ({ status: 200, body });

export const problem = (status: number, code: string, extras: object = {}): Reply => ({
  status,
  body: { type: 'about:blank', title: code, status, code, reference: 'req-1', ...extras },
});
