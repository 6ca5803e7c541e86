/** The calls of the operator's API. Each throws `CallFailed`. The key is kept here only, so it is gone when the page is. */
import type { WebhookEventDetail, WebhookEventPage, WebhookReplay, WebhookTestResult } from '#contract';
import type {
  ActResult,
  KeptPayment,
  MadeLink,
  MakeLink,
  MatchPostback,
  OperatorStatus,
  OperatorView,
  PaymentDetail,
  PaymentPage,
  PostbackItem,
  PostbackPage,
  QueuePage,
  Reconciliation,
  ReconciliationDetail,
  ReconciliationPage,
  StartReconciliation,
  UndeliveredPage,
} from '#contract/operate';
import { CallFailed, readFailure } from './failure.ts';

/** Parameters of an address; empty ones are left out. */
export type Query = Readonly<Record<string, string | null | undefined>>;

export type OperatorClient = ReturnType<typeof createClient>;

/** So long an answer may take, in milliseconds. An act asks a payment service first, which may take its time. */
const longest = { read: 20_000, act: 45_000, file: 30 * 60_000 };

/** The key of one click. `crypto.randomUUID` is missing on pages without TLS, as in a private network. */
export const newIdempotencyKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** @param onUnauthorized The server does not accept the key any more. */
export function createClient(key: string, onUnauthorized: () => void) {
  // A page that looks again every few seconds must not go on with a key that is over: each try would count as a wrong one.
  let isRefused = false;
  async function call<Answer>(
    path: string,
    init: RequestInit,
    timeout: number,
    read: (response: Response) => Promise<Answer> = (response) => response.json(),
  ): Promise<Answer> {
    if (isRefused) throw new CallFailed({ kind: 'unauthorized' });
    const headers = { ...init.headers, authorization: `Bearer ${key}` };
    const signal = AbortSignal.timeout(timeout);
    const response = await fetch(path, { ...init, headers, signal, cache: 'no-store', redirect: 'error' }).catch(() => null);
    if (!response) throw new CallFailed({ kind: 'network' });
    if (response.ok) {
      const answer = await read(response).catch(() => null);
      if (answer !== null) return answer;
      throw new CallFailed({ kind: 'network' });
    }
    const failure = readFailure(response.status, await response.json().catch(() => null));
    if (failure.kind === 'unauthorized') {
      isRefused = true;
      onUnauthorized();
    }
    throw new CallFailed(failure);
  }
  const get = <Answer>(path: string, query: Query = {}) => call<Answer>(`/operate${path}${search(query)}`, {}, longest.read);
  /** @param idempotencyKey The same for each try of one click, so that it is done once at most. */
  const post = <Answer>(path: string, body: unknown, idempotencyKey: string = newIdempotencyKey()) =>
    call<Answer>(
      `/operate${path}`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
        body: JSON.stringify(body ?? {}),
      },
      longest.act,
    );
  const of = (id: string) => encodeURIComponent(id);

  return {
    me: () => get<OperatorView>('/me'),
    status: () => get<OperatorStatus>('/status'),
    queue: (query: Query) => get<QueuePage>('/queue', query),
    payments: (query: Query) => get<PaymentPage>('/payments', query),
    payment: (id: string) => get<PaymentDetail>(`/payments/${of(id)}`),
    /** @param route `resolve`, `accept`, `reopen`, `refund`, `dispose` or `recheck`. */
    act: (id: string, route: string, body: unknown, idempotencyKey: string) =>
      post<ActResult>(`/payments/${of(id)}/${route}`, body, idempotencyKey),
    recover: (body: { merchantId: string; payment: KeptPayment; note: string }, idempotencyKey: string) =>
      post<ActResult>('/payments/recover', body, idempotencyKey),
    decideApproval: (id: string, decision: 'confirm' | 'reject', note: string, idempotencyKey: string) =>
      post<ActResult>(`/approvals/${of(id)}/${decision}`, { note }, idempotencyKey),
    closeFlag: (id: string, note: string, idempotencyKey: string) =>
      post<Record<string, never>>(`/flags/${of(id)}/close`, { note }, idempotencyKey),
    postbacks: (query: Query) => get<PostbackPage>('/postbacks', query),
    matchPostback: (id: string, body: MatchPostback, idempotencyKey: string) =>
      post<ActResult>(`/postbacks/${of(id)}/match`, body, idempotencyKey),
    dismissPostback: (id: string, note: string, idempotencyKey: string) =>
      post<PostbackItem>(`/postbacks/${of(id)}/dismiss`, { note }, idempotencyKey),
    makeLink: (body: MakeLink) => post<MadeLink>('/links', body),
    events: (query: Query) => get<WebhookEventPage>('/events', query),
    reconciliations: (query: Query) => get<ReconciliationPage>('/reconciliations', query),
    reconciliation: (id: string) => get<ReconciliationDetail>(`/reconciliations/${of(id)}`),
    startReconciliation: (body: StartReconciliation, idempotencyKey: string) =>
      post<Reconciliation>('/reconciliations', body, idempotencyKey),
    /** `from`, `to`: days in UTC. */
    exportCsv: (query: Query) =>
      call<Blob>(`/operate/export.csv${search(query)}`, { headers: { accept: 'text/csv' } }, longest.file, (response) =>
        response.blob(),
      ),
    undelivered: (query: Query) => get<UndeliveredPage>('/events/undelivered', query),
    event: (id: string) => get<WebhookEventDetail>(`/events/${of(id)}`),
    replayEvent: (id: string, idempotencyKey: string) => post<WebhookEventDetail>(`/events/${of(id)}/replay`, {}, idempotencyKey),
    /** `from`, `to`: ISO 8601. */
    replayRange: (body: { merchant: string; from: string; to: string; endpoint?: string }, idempotencyKey: string) =>
      post<WebhookReplay>('/events/replay', body, idempotencyKey),
    testEvent: (body: { merchant: string; endpoint?: string }) => post<WebhookTestResult>('/events/test', body),
  };
}

function search(query: Query): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length > 0 ? `?${new URLSearchParams(given)}` : '';
}
