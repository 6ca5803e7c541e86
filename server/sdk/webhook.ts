/** Verifies the webhooks that a Pay Desk server sends, which are signed by Standard Webhooks 1.0. */
import type { components } from './openapi.d.ts';

export type Payment = components['schemas']['Payment'];

/** The body of a webhook. A newer server may send a `type` that this version does not know: answer 200 and ignore it. */
export interface Webhook {
  type:
    | 'payment.succeeded'
    | 'payment.underpaid'
    | 'payment.overpaid'
    | 'payment.processing'
    | 'payment.needs_review'
    | 'payment.canceled'
    | 'payment.expired'
    | 'payment.refunded'
    | 'payment.reversed'
    | 'payment.updated'
    // Only if your settings on the server name them.
    | 'payment.attempt_refused'
    | 'payment.refund_refused';
  /** ISO 8601: when it happened. */
  timestamp: string;
  /**
   * 1, 2, 3 … per payment. Webhooks are sent in this order, each at least once. Numbers are missing if your settings on the server name
   * the types that you want.
   */
  sequence: number;
  /** The whole payment as it was at that moment; with what was refused, why. */
  data: { payment: Payment; problem?: Pick<components['schemas']['Problem'], 'code'> };
}

export type WebhookErrorCode =
  | 'header_missing'
  | 'timestamp_wrong'
  | 'timestamp_too_old'
  | 'timestamp_too_new'
  | 'signature_wrong'
  | 'body_wrong'
  | 'secret_wrong';

/** Why a webhook is not believed. The message is safe to log: it holds no secret, no signature and nothing of the body. */
export class WebhookError extends Error {
  override readonly name = 'WebhookError';
  readonly code: WebhookErrorCode;
  constructor(code: WebhookErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export interface VerifyOptions {
  /** How far the sender's clock and the way may differ from this machine's clock, in seconds. Default: 300. */
  toleranceSeconds?: number;
}

/** As `fetch` has them, or as Node's `request.headers`. */
type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Verifies that one of the secrets signed exactly these bytes not long ago.
 * @param rawBody as it was received: a body that was parsed and written again has another signature
 * @param secrets `whsec_…`; during a rotation the old and the new one
 * @throws {WebhookError} if not. Answer it with status 400
 */
export async function verifyWebhook(
  rawBody: string | Uint8Array,
  headers: WebhookHeaders,
  secrets: string | readonly string[],
  { toleranceSeconds = 300 }: VerifyOptions = {},
): Promise<Webhook> {
  const header = (name: string): string => {
    const value = readHeader(headers, name);
    if (!value) throw new WebhookError('header_missing', `The header ${name} is missing.`);
    return value;
  };
  const [id, timestamp, signatures] = [header('webhook-id'), header('webhook-timestamp'), header('webhook-signature')];
  if (typeof rawBody !== 'string' && !(rawBody instanceof Uint8Array))
    throw new WebhookError('body_wrong', 'The body must be the text or the bytes as they were received, before any JSON parser.');
  checkTimestamp(timestamp, toleranceSeconds);
  const keys = await Promise.all([secrets].flat().map(importSecret));
  if (!keys.length) throw new WebhookError('secret_wrong', 'There is no secret to verify the webhook with.');
  const body = typeof rawBody === 'string' ? new TextEncoder().encode(rawBody) : rawBody;
  const signed = concatenate(new TextEncoder().encode(`${id}.${timestamp}.`), body);
  if (!(await isSigned(keys, signatures, signed)))
    throw new WebhookError('signature_wrong', 'No signature fits: another secret signed this webhook, or its body was changed.');
  return parseBody(body);
}

function readHeader(headers: WebhookHeaders, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const value = Object.entries(headers).find(([one]) => one.toLowerCase() === name)?.[1];
  return typeof value === 'string' ? value : value?.[0];
}

function checkTimestamp(timestamp: string, toleranceSeconds: number): void {
  if (!/^\d{1,12}$/.test(timestamp))
    throw new WebhookError('timestamp_wrong', 'The header webhook-timestamp is not a time in seconds since 1970.');
  const age = Date.now() / 1000 - Number(timestamp);
  const message = (what: string) =>
    `The webhook is ${Math.round(Math.abs(age))} seconds ${what}, and ${toleranceSeconds} are allowed: it is a repeated one, or a clock is wrong.`;
  if (age > toleranceSeconds) throw new WebhookError('timestamp_too_old', message('old'));
  if (age < -toleranceSeconds) throw new WebhookError('timestamp_too_new', message('ahead of this clock'));
}

async function importSecret(secret: string): Promise<CryptoKey> {
  try {
    const bytes = fromBase64(secret.replace(/^whsec_/, ''));
    if (bytes.length === 0) throw new Error('empty');
    return await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
  } catch {
    throw new WebhookError('secret_wrong', 'A secret is not of the form whsec_… with base64 after it.');
  }
}

/** `crypto.subtle.verify` compares in constant time. All pairs are tried, so that the time does not say which one fits. */
async function isSigned(keys: readonly CryptoKey[], header: string, signed: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const signatures = header
    .split(' ')
    .filter((one) => one.startsWith('v1,'))
    .slice(0, mostSignatures)
    .map((one) => readSignature(one.slice('v1,'.length)));
  const fits = await Promise.all(
    keys.flatMap((key) => signatures.map((signature) => crypto.subtle.verify('HMAC', key, signature, signed))),
  );
  return fits.includes(true);
}

/** A server signs with two secrets at most; more in a header would only cost time. */
const mostSignatures = 8;

/** What is not base64 fits nothing. */
function readSignature(text: string): Uint8Array<ArrayBuffer> {
  try {
    return fromBase64(text);
  } catch {
    return new Uint8Array();
  }
}

function parseBody(body: Uint8Array): Webhook {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as Webhook;
  } catch {
    throw new WebhookError('body_wrong', 'The signature fits, and the body is not JSON.');
  }
}

const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

function concatenate(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
