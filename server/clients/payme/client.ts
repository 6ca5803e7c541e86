/** The typed client of Payme's Subscribe API, over JSON-RPC 2.0. It knows cards and receipts, no payment. Source: README.md. */
import { randomInt } from 'node:crypto';
import * as z from 'zod';
import { deadlineOf, openPool, parseJson, readRpcEnvelope, request, schemaPath, throwUpstream } from '../http.ts';
import {
  arePrices,
  CardResult,
  isAmount,
  ReceiptListResult,
  ReceiptResult,
  StateResult,
  SuccessResult,
  VerifyCodeResult,
  wireDetail,
  wireFiscalData,
} from './schema.ts';
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

export interface PaymeOptions {
  /** With its path: `https://checkout.paycom.uz/api`. */
  url: URL;
  cashboxId: string;
  /** The cashbox's password. It is sent with every call but those that the customer's browser could make as well. */
  key: string;
  /** The total time of one call in milliseconds: 35,000 for `receiptsPay`, which may take Payme 30 s, 15,000 for the others. */
  timeoutsMs?: { default?: number; pay?: number };
}

/**
 * Every call is one HTTP request: it is never sent again, and there is no idempotency key. Every call throws `UpstreamError`:
 * `not_sent` proves that nothing happened; after any other fault the outcome is unknown and has to be found out by reading.
 */
export interface PaymeClient {
  cardsCreate(card: NewCard, signal?: AbortSignal): Promise<PaymeAnswer<Card>>;
  /** Sends the customer an SMS. */
  cardsGetVerifyCode(params: { token: string }, signal?: AbortSignal): Promise<PaymeAnswer<VerifyCode>>;
  /** The answered card may have another token, which is then the one to use. */
  cardsVerify(params: { token: string; code: string }, signal?: AbortSignal): Promise<PaymeAnswer<Card>>;
  cardsCheck(params: { token: string }, signal?: AbortSignal): Promise<PaymeAnswer<Card>>;
  cardsRemove(params: { token: string }, signal?: AbortSignal): Promise<PaymeAnswer<{ success: boolean }>>;
  /** Two calls make two receipts. An amount or price that is not a whole number of tiyin is `not_sent`, reason `amount`. */
  receiptsCreate(receipt: NewReceipt, signal?: AbortSignal): Promise<PaymeAnswer<Receipt>>;
  /** Takes the money. Only state 4 in the answer means paid. */
  receiptsPay(payment: ReceiptPayment, signal?: AbortSignal): Promise<PaymeAnswer<Receipt>>;
  /** Sends the receipt by SMS. */
  receiptsSend(params: { id: string; phone: string }, signal?: AbortSignal): Promise<PaymeAnswer<{ success: boolean }>>;
  /** Cancels in full. Unpaid → state 50 at once; paid → 21, and 50 later. */
  receiptsCancel(params: { id: string }, signal?: AbortSignal): Promise<PaymeAnswer<Receipt>>;
  receiptsCheck(params: { id: string }, signal?: AbortSignal): Promise<PaymeAnswer<{ state: number }>>;
  receiptsGet(params: { id: string }, signal?: AbortSignal): Promise<PaymeAnswer<Receipt>>;
  receiptsGetAll(range: ReceiptRange, signal?: AbortSignal): Promise<PaymeAnswer<ReceiptList>>;
  /** Takes the money that `hold` froze. */
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
    // Results and refusals both come with 200, so any other status is a fault, even another 2xx.
    if (status !== 200) return throwUpstream('payme', 'http', method, String(status));
    const answer = readRpcEnvelope(parseJson(text), id, RpcError) ?? throwUpstream('payme', 'bad_shape', method, 'envelope');
    if (!answer.ok) return { kind: 'refused', code: answer.error.code, ...blamedField(answer.error.data, params) };
    const read = result.safeParse(answer.result);
    if (!read.success) return throwUpstream('payme', 'bad_shape', method, schemaPath(read.error));
    return { kind: 'ok', result: read.data as Result<M> };
  };

  /** Calls about one receipt. An answer about another receipt is a mix-up and is treated as broken. */
  const callAbout = async (
    method: 'receipts.pay' | 'receipts.cancel' | 'receipts.get' | 'receipts.confirm_hold',
    params: { id: string; [name: string]: unknown },
    signal?: AbortSignal,
  ): Promise<PaymeAnswer<Receipt>> => {
    const answer = await call(method, params, signal);
    return answer.kind === 'ok' && answer.result.id !== params.id
      ? throwUpstream('payme', 'bad_shape', method, 'another receipt')
      : answer;
  };

  return {
    cardsCreate: ({ number, expire, save }, signal) => call('cards.create', { card: { number, expire }, save }, signal),
    cardsGetVerifyCode: ({ token }, signal) => call('cards.get_verify_code', { token }, signal),
    cardsVerify: ({ token, code }, signal) => call('cards.verify', { token, code }, signal),
    cardsCheck: ({ token }, signal) => call('cards.check', { token }, signal),
    cardsRemove: ({ token }, signal) => call('cards.remove', { token }, signal),
    async receiptsCreate({ amount, account, description, detail, hold }, signal) {
      if (!isAmount(amount) || !arePrices(detail ?? {})) {
        return throwUpstream('payme', 'not_sent', 'receipts.create', 'amount');
      }
      return call('receipts.create', { amount, account, description, detail: detail && wireDetail(detail), hold }, signal);
    },
    receiptsPay: ({ id, token, payer, hold }, signal) =>
      callAbout('receipts.pay', { id, token, payer: payer?.phone ? { phone: payer.phone } : undefined, hold }, signal),
    receiptsSend: ({ id, phone }, signal) => call('receipts.send', { id, phone }, signal),
    receiptsCancel: ({ id }, signal) => callAbout('receipts.cancel', { id }, signal),
    receiptsCheck: ({ id }, signal) => call('receipts.check', { id }, signal),
    receiptsGet: ({ id }, signal) => callAbout('receipts.get', { id }, signal),
    receiptsGetAll: ({ from, to, offset, count }, signal) => call('receipts.get_all', { count, from, to, offset }, signal),
    receiptsConfirmHold: ({ id }, signal) => callAbout('receipts.confirm_hold', { id }, signal),
    receiptsSetFiscalData: ({ id, fiscalData }, signal) =>
      call('receipts.set_fiscal_data', { id, fiscal_data: wireFiscalData(fiscalData) }, signal),
    close: () => pool.close(),
  };
}

/** The field that a refusal blames. Only a name that we sent is kept, since anything else is text of the service. */
const blamedField = (data: unknown, params: object) =>
  typeof data === 'string' && namesIn(params).has(data) ? { field: data } : {};

/** The names of all fields of the request, at any depth. */
function namesIn(value: unknown): Set<string> {
  if (typeof value !== 'object' || value === null) return new Set();
  const names = Array.isArray(value) ? [] : Object.keys(value);
  return new Set([...names, ...Object.values(value).flatMap((inner) => [...namesIn(inner)])]);
}

/**
 * Payme's methods and what each answers. `withKey`: the `X-Auth` of the call is `{id}:{key}`; otherwise it is `{id}` alone.
 * Source: README.md, "Authentication".
 */
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
 * Payme's codes have five digits. A longer number is refused, because codes reach logs and metrics, where a card number must
 * never appear. The message, which is text or texts by language, is dropped here.
 */
const RpcError = z.looseObject({ code: z.int().min(-99_999).max(99_999), data: z.unknown().optional() });
