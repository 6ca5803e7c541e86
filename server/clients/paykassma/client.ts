/** The typed client of Paykassma's deposits. It knows wallets by their names, no payment. Source: README.md, "Calls". */
import { deadlineOf, isSuccess, openPool, request, throwUpstream } from '../http.ts';
import {
  type ActivateAnswer,
  type AvailableAnswer,
  type CreateAnswer,
  type PossibleTransactionAnswer,
  readActivate,
  readAvailable,
  readCreate,
  readPossibleTransaction,
} from './answers.ts';
import { decimalText, type JsonValue, parseExactJson } from './exact-json.ts';

export interface PaykassmaOptions {
  /** The deposit API's origin, and a path before `/api/v1` if there is one. */
  url: URL;
  /** `pluginapi_secret`. It goes in the query of every request, so no error and no log may hold an address. */
  secret: string;
  /** Digits after the point of a currency, by ISO 4217. */
  minorUnitDigits(currency: string): number;
  /** The total time of one call in milliseconds. */
  timeoutsMs?: Partial<Timeouts>;
}

interface Timeouts {
  available: number;
  create: number;
  activate: number;
  possibleTransaction: number;
}

export interface Activation {
  walletType: string;
  currency: string;
  /** The customer's id, as it was in `createTransaction`. */
  label: string;
  /** Minor units. */
  amount: number;
  /** The transaction number that the wallet gave the customer. */
  key1: string;
  /** Our id of this very attempt. It is never sent twice. */
  customTransactionId: string;
}

/** A picture of the payment. */
export interface Screenshot {
  /** The type of the picture, by its content. Its name on the customer's device is not passed on. */
  type: 'image/png' | 'image/jpeg' | 'image/webp';
  bytes: Uint8Array<ArrayBuffer>;
}

/** Every call is one HTTP request: it is never sent again. */
export interface PaykassmaClient {
  /** Which wallets accept money now. @throws {UpstreamError} */
  paymentSystemsAvailable(currencies: readonly string[], label: string, signal?: AbortSignal): Promise<AvailableAnswer>;
  /** The account to pay to. Each call may return another account, so keep the first answer. @throws {UpstreamError} */
  createTransaction(wallet: string, of: { currency: string; label: string }, signal?: AbortSignal): Promise<CreateAnswer>;
  /**
   * Claims the transfer with this number.
   * @throws {UpstreamError} `not_sent`: nothing happened; any other fault: unknown, and only a postback can settle it
   */
  activate(activation: Activation, signal?: AbortSignal): Promise<ActivateAnswer>;
  /**
   * Submits a transfer for a person to look at. The amount has to be whole major units.
   * @throws {UpstreamError} as `activate`
   */
  possibleTransaction(claim: Activation & { screenshot: Screenshot }, signal?: AbortSignal): Promise<PossibleTransactionAnswer>;
  /** Lets calls in flight end, then closes the connections. */
  close(): Promise<void>;
}

interface Call<Answer> {
  httpMethod: 'GET' | 'POST';
  path: string;
  query?: [string, string][];
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  signal: AbortSignal;
  read(answer: JsonValue | undefined, status: number): Answer | undefined;
}

const json = { 'content-type': 'application/json' };

export function createPaykassmaClient({ url, secret, minorUnitDigits, timeoutsMs }: PaykassmaOptions): PaykassmaClient {
  const timeouts = { available: 10_000, create: 10_000, activate: 20_000, possibleTransaction: 60_000, ...timeoutsMs };
  const pool = openPool(url.origin);
  const base = `${url.pathname.replace(/\/$/, '')}/api/v1/`;

  const call = async <Answer>(method: string, { httpMethod, path, query = [], headers, body, signal, read }: Call<Answer>) => {
    const { status, text } = await request(pool, {
      upstream: 'paykassma',
      method,
      signal,
      httpMethod,
      path: `${base}${path}?${new URLSearchParams([...query, ['secret', secret]])}`,
      headers: { accept: 'application/json', ...headers },
      body,
      readRefusals: true,
    });
    const answer = read(parseExactJson(text), status);
    if (answer !== undefined) return answer;
    return isSuccess(status)
      ? throwUpstream('paykassma', 'bad_shape', method, 'answer')
      : throwUpstream('paykassma', 'http', method, String(status));
  };

  const amountText = (method: string, { amount, currency }: Activation, allowed = /\d/) => {
    const text = Number.isSafeInteger(amount) && amount > 0 ? decimalText(amount, minorUnitDigits(currency)) : '';
    return allowed.test(text) ? text : throwUpstream('paykassma', 'not_sent', method, 'amount');
  };

  return {
    paymentSystemsAvailable: (currencies, label, signal) =>
      call('payment-systems/available', {
        httpMethod: 'GET',
        path: 'payment-systems/available',
        // The documents show a JSON body, which a GET cannot have here. PHP reads the same list from a query; inferred.
        query: [...currencies.map((code): [string, string] => ['currency_code[]', code]), ['label', label]],
        signal: deadlineOf(timeouts.available, signal),
        read: readAvailable,
      }),
    createTransaction: (wallet, { currency, label }, signal) =>
      call('transaction/create', {
        httpMethod: 'POST',
        path: `transaction/create/${encodeURIComponent(wallet)}`,
        headers: json,
        body: JSON.stringify({ currency, label }),
        signal: deadlineOf(timeouts.create, signal),
        read: readCreate,
      }),
    async activate(activation, signal) {
      const amount = amountText('transaction/activate', activation);
      return call('transaction/activate', {
        httpMethod: 'POST',
        path: 'transaction/activate',
        headers: json,
        // Assembled by hand, so that the number is exactly this text.
        body: `${JSON.stringify(fieldsOf(activation)).slice(0, -1)},"amount":${amount}}`,
        signal: deadlineOf(timeouts.activate, signal),
        read: (answer, status) => readActivate(answer, status, minorUnitDigits),
      });
    },
    async possibleTransaction({ screenshot, ...claim }, signal) {
      const amount = amountText('possible-transaction', claim, wholeUnits);
      return call('possible-transaction', {
        httpMethod: 'POST',
        path: 'possible-transaction',
        ...(await screenshotForm({ ...fieldsOf(claim), amount }, screenshot)),
        signal: deadlineOf(timeouts.possibleTransaction, signal),
        read: readPossibleTransaction,
      });
    },
    close: () => pool.close(),
  };
}

const fieldsOf = ({ currency, walletType, label, key1, customTransactionId }: Activation) => ({
  currency_code: currency,
  wallet_type: walletType,
  label,
  key1,
  custom_transaction_id: customTransactionId,
});

const wholeUnits = /^\d+$/;

/** Multipart form-data. It is built in memory, so that the body has a known length and goes out in one request. */
async function screenshotForm(fields: Record<string, string>, { type, bytes }: Screenshot) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('screenshot', new File([bytes], `screenshot.${type.slice('image/'.length)}`, { type }));
  const encoded = new Response(form);
  return {
    headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
    body: new Uint8Array(await encoded.arrayBuffer()),
  };
}
