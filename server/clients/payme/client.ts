/** The typed client of Payme's Subscribe API, over JSON-RPC 2.0. Knows cards and receipts, no payment. Source: README.md. */
import { randomInt } from 'node:crypto';
import * as z from 'zod';
import { deadlineOf, openPool, request } from '../http.ts';
import { UpstreamError } from '../upstream-error.ts';
import { CardResult, ReceiptListResult, ReceiptResult, StateResult, SuccessResult, VerifyCodeResult } from './schema.ts';
import type {
  Card,
  FiscalData,
  NewCard,
  NewReceipt,
  PaymeAnswer,
  Receipt,
  ReceiptList,
  ReceiptPayment,
  ReceiptRange,
  VerifyCode,
} from './types.ts';
import { arePrices, isAmount, wireDetail, wireFiscalData } from './wire.ts';

export interface PaymeOptions {
  /** Whole, path included: `https://checkout.paycom.uz/api`. */
  url: URL;
  cashboxId: string;
  /** The cashbox's password. It goes with every call but those that the customer's browser could make as well. */
  key: string;
  /** The total time of one call in milliseconds: 35,000 for `receiptsPay`, which Payme may take 30 s for, 15,000 for the others. */
  timeoutsMs?: { default?: number; pay?: number };
}

/**
 * Every call is one HTTP request: nothing is ever sent again, and there is no idempotency key. A call throws `UpstreamError`:
 * `not_sent` proves that nothing happened; after any other fault what became of it is unknown, and is settled by reading.
 */
export interface PaymeClient {
  cardsCreate(card: NewCard, signal?: AbortSignal): Promise<PaymeAnswer<Card>>;
  /** Sends the customer an SMS. */
  cardsGetVerifyCode(params: { token: string }, signal?: AbortSignal): Promise<PaymeAnswer<VerifyCode>>;
  /** The card that is answered may bear another token: that is the one to go on with. */
  cardsVerify(params: { token: string; code: string }, signal?: AbortSignal): Promise<PaymeAnswer<Card>>;
  cardsCheck(params: { token: string }, signal?: AbortSignal): Promise<PaymeAnswer<Card>>;
  cardsRemove(params: { token: string }, signal?: AbortSignal): Promise<PaymeAnswer<{ success: boolean }>>;
  /** Twice is two receipts. An amount or price that is no whole number of tiyin is `not_sent`, reason `amount`. */
  receiptsCreate(receipt: NewReceipt, signal?: AbortSignal): Promise<PaymeAnswer<Receipt>>;
  /** Takes the money: paid is state 4 and nothing else. */
  receiptsPay(payment: ReceiptPayment, signal?: AbortSignal): Promise<PaymeAnswer<Receipt>>;
  /** Sends the receipt by SMS. */
  receiptsSend(params: { id: string; phone: string }, signal?: AbortSignal): Promise<PaymeAnswer<{ success: boolean }>>;
  /** In full. Unpaid → state 50 at once; paid → 21, and 50 later. */
  receiptsCancel(params: { id: string }, signal?: AbortSignal): Promise<PaymeAnswer<Receipt>>;
  receiptsCheck(params: { id: string }, signal?: AbortSignal): Promise<PaymeAnswer<{ state: number }>>;
  receiptsGet(params: { id: string }, signal?: AbortSignal): Promise<PaymeAnswer<Receipt>>;
  receiptsGetAll(range: ReceiptRange, signal?: AbortSignal): Promise<PaymeAnswer<ReceiptList>>;
  /** Takes the money that was held. */
  receiptsConfirmHold(params: { id: string }, signal?: AbortSignal): Promise<PaymeAnswer<Receipt>>;
  receiptsSetFiscalData(
    params: { id: string; fiscalData: FiscalData },
    signal?: AbortSignal,
  ): Promise<PaymeAnswer<{ success: boolean }>>;
  /** Lets calls in flight end, then closes the connections. */
  close(): Promise<void>;
}

type Method = keyof typeof methods;
type Result<M extends Method> = z.output<(typeof methods)[M]['result']>;

export function createPaymeClient({ url, cashboxId, key, timeoutsMs }: PaymeOptions): PaymeClient {
  const { default: usual, pay } = { default: 15_000, pay: 35_000, ...timeoutsMs };
  const pool = openPool(url.origin);

  const call = async <M extends Method>(method: M, params: object, signal?: AbortSignal): Promise<PaymeAnswer<Result<M>>> => {
    const { withKey, result } = methods[method];
    const id = randomInt(1, 2 ** 31);
    const { status, text } = await request(pool, {
      upstream: 'payme',
      method,
      signal: deadlineOf(method === 'receipts.pay' ? pay : usual, signal),
      httpMethod: 'POST',
      path: url.pathname + url.search,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'x-auth': withKey ? `${cashboxId}:${key}` : cashboxId,
      },
      body: JSON.stringify({ jsonrpc: '2.0', id, method, params }),
    });
    // Results and refusals alike come with 200: any other success is none that Payme knows.
    if (status !== 200) return raise('http', method, String(status));
    const answer = readEnvelope(text, id) ?? raise('bad_shape', method, 'envelope');
    if (!answer.ok) return { kind: 'refused', code: answer.code, ...blamed(answer.data, params) };
    const read = result.safeParse(answer.result);
    if (!read.success) return raise('bad_shape', method, pathOf(read.error));
    return { kind: 'ok', result: read.data as Result<M> };
  };

  /** An answer about another receipt is a lie or a mix-up, never word of this one. */
  const callOn = async (
    method: 'receipts.pay' | 'receipts.cancel' | 'receipts.get' | 'receipts.confirm_hold',
    params: { id: string; [name: string]: unknown },
    signal?: AbortSignal,
  ): Promise<PaymeAnswer<Receipt>> => {
    const answer = await call(method, params, signal);
    return answer.kind === 'ok' && answer.result.id !== params.id ? raise('bad_shape', method, 'another receipt') : answer;
  };

  return {
    cardsCreate: ({ number, expire, save }, signal) => call('cards.create', { card: { number, expire }, save }, signal),
    cardsGetVerifyCode: ({ token }, signal) => call('cards.get_verify_code', { token }, signal),
    cardsVerify: ({ token, code }, signal) => call('cards.verify', { token, code }, signal),
    cardsCheck: ({ token }, signal) => call('cards.check', { token }, signal),
    cardsRemove: ({ token }, signal) => call('cards.remove', { token }, signal),
    async receiptsCreate({ amount, account, description, detail, hold }, signal) {
      if (!isAmount(amount) || !arePrices(detail ?? {})) return raise('not_sent', 'receipts.create', 'amount');
      return call('receipts.create', { amount, account, description, detail: detail && wireDetail(detail), hold }, signal);
    },
    receiptsPay: ({ id, token, payer, hold }, signal) =>
      callOn('receipts.pay', { id, token, payer: payer?.phone ? { phone: payer.phone } : undefined, hold }, signal),
    receiptsSend: ({ id, phone }, signal) => call('receipts.send', { id, phone }, signal),
    receiptsCancel: ({ id }, signal) => callOn('receipts.cancel', { id }, signal),
    receiptsCheck: ({ id }, signal) => call('receipts.check', { id }, signal),
    receiptsGet: ({ id }, signal) => callOn('receipts.get', { id }, signal),
    receiptsGetAll: ({ from, to, offset, count }, signal) => call('receipts.get_all', { count, from, to, offset }, signal),
    receiptsConfirmHold: ({ id }, signal) => callOn('receipts.confirm_hold', { id }, signal),
    receiptsSetFiscalData: ({ id, fiscalData }, signal) =>
      call('receipts.set_fiscal_data', { id, fiscal_data: wireFiscalData(fiscalData) }, signal),
    close: () => pool.close(),
  };
}

function raise(fault: UpstreamError['fault'], method: Method, reason: string): never {
  throw new UpstreamError(fault, { upstream: 'payme', method, reason });
}

/** The field that a refusal blames: only a name that we sent, for anything else there is upstream's own text. */
const blamed = (data: unknown, params: object) => (typeof data === 'string' && namesIn(params).has(data) ? { field: data } : {});

/** Every name in the request, at any depth; never a value. */
function namesIn(value: unknown): Set<string> {
  if (typeof value !== 'object' || value === null) return new Set();
  const names = Array.isArray(value) ? [] : Object.keys(value);
  return new Set([...names, ...Object.values(value).flatMap((inner) => [...namesIn(inner)])]);
}

/** Where the answer was broken; the names are our schema's own, so nothing of the answer leaks. */
const pathOf = (error: z.ZodError) => error.issues[0]?.path.join('.') || 'result';

/** Payme's methods: who may call each, and what it answers. Source: README.md, "Authentication". */
/** `withKey`: whether the `X-Auth` of the call is `{id}:{key}`; otherwise it is `{id}` alone. */
export const methods = {
  'cards.create': { withKey: false, result: CardResult },
  'cards.get_verify_code': { withKey: false, result: VerifyCodeResult },
  'cards.verify': { withKey: false, result: CardResult },
  'cards.check': { withKey: true, result: CardResult },
  'cards.remove': { withKey: true, result: SuccessResult },
  'receipts.create': { withKey: true, result: ReceiptResult },
  'receipts.pay': { withKey: true, result: ReceiptResult },
  'receipts.send': { withKey: true, result: SuccessResult },
  'receipts.cancel': { withKey: true, result: ReceiptResult },
  'receipts.check': { withKey: true, result: StateResult },
  'receipts.get': { withKey: true, result: ReceiptResult },
  'receipts.get_all': { withKey: true, result: ReceiptListResult },
  'receipts.confirm_hold': { withKey: true, result: ReceiptResult },
  'receipts.set_fiscal_data': { withKey: true, result: SuccessResult },
} as const;

/**
 * Opens a JSON-RPC 2.0 answer, whatever content type it came with. `undefined` = no such answer, or one that contradicts itself
 * or belongs to another question. Source: README.md, "Transport".
 */
export type RpcAnswer = { ok: true; result: unknown } | { ok: false; code: number; data: unknown };

/**
 * Payme's codes have five digits. Longer ones are none: they are told to logs and metrics, where nothing else may come, a card's number least.
 * The message is text or texts by language; it goes no further than this.
 */
const RpcError = z.looseObject({ code: z.int().min(-99_999).max(99_999), data: z.unknown().optional() });
const Envelope = z.looseObject({
  // Payme's own pages show it echoed, null and left out.
  id: z.union([z.string(), z.number()]).nullish(),
  result: z.unknown().optional(),
  error: RpcError.nullish(),
});

export function readEnvelope(text: string, id: number): RpcAnswer | undefined {
  const envelope = Envelope.safeParse(parsed(text)).data;
  if (!envelope || String(envelope.id ?? id) !== String(id)) return undefined;
  const { result, error } = envelope;
  // Without a result the method's own schema fails, as with any other that it does not know.
  if (!error) return { ok: true, result };
  return result === undefined || result === null ? { ok: false, code: error.code, data: error.data } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
