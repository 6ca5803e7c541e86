/** One signed POST to the merchant's host, and what came of it. Redirects are not followed, and the body of the answer is ignored. */
import { Webhook } from 'standardwebhooks';
import { Agent, type Dispatcher } from 'undici';
import type { DeliveryReason } from '#contract';
import type { Failure } from './retry-schedule.ts';

export interface Endpoint {
  url: string;
  /** `whsec_…`, one or two. */
  secrets: readonly string[];
  /** The types that the merchant wants; all by default. */
  types?: readonly string[] | undefined;
}

/** `status` is 0 where there is no answer. */
export interface SendResult extends Failure {
  /** Why there is no answer, or why it does not count; null where the status says it. */
  reason: DeliveryReason | null;
  durationMs: number;
}

export const connectTimeoutMs = 5_000;

/** Connections to the hosts of all merchants. */
export const createWebhookAgent = (timeoutMs: number): Agent =>
  new Agent({
    connect: { timeout: connectTimeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: 64 * 1024,
  });

/** Never rejects. @param timeoutMs for the whole answer @param at the time that the signature states */
export async function sendWebhook(
  agent: Dispatcher,
  target: Endpoint,
  { id, body }: { id: string; body: string },
  at: Date,
  timeoutMs: number,
): Promise<SendResult> {
  const url = new URL(target.url);
  const start = performance.now();
  const result = (status: number, reason: DeliveryReason | null, retryAfterMs = 0): SendResult => ({
    status,
    reason,
    retryAfterMs,
    durationMs: Math.round(performance.now() - start),
  });
  try {
    const response = await agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'POST',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { 'content-type': 'application/json', 'user-agent': 'pay-desk', ...signWebhook(target.secrets, id, body, at) },
      body,
    });
    await response.body.dump();
    const { statusCode, headers } = response;
    const after = Number(headers['retry-after']);
    const redirects = statusCode >= 300 && statusCode < 400;
    return result(statusCode, redirects ? 'redirect' : null, Number.isFinite(after) ? Math.max(0, after) * 1000 : 0);
  } catch (cause) {
    return result(0, whyNoAnswer(cause));
  }
}

export const isDelivery = ({ status }: { status: number }): boolean => status >= 200 && status < 300;

/** By the codes of undici, of the operating system and of OpenSSL. */
const reasonOfCode: readonly [RegExp, DeliveryReason][] = [
  [/^(UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT|ETIMEDOUT)$/, 'timeout'],
  [/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)$/, 'refused'],
  [/^(ENOTFOUND|EAI_)/, 'dns'],
  [/^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH$|EPROTO$)/, 'tls'],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, 'closed'],
];

function whyNoAnswer(cause: unknown): DeliveryReason {
  const { name, code } = Object(cause) as { name?: unknown; code?: unknown };
  if (name === 'TimeoutError') return 'timeout';
  return reasonOfCode.find(([codes]) => codes.test(String(code)))?.[1] ?? 'other';
}

/**
 * The headers of Standard Webhooks 1.0. During a rotation both secrets sign, so either one verifies.
 * @param secrets `whsec_…`, one or two
 */
export function signWebhook(secrets: readonly string[], id: string, body: string, at: Date): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  };
}
