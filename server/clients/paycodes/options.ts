/** How a PayCodes account is reached: what the service's documents leave open is an option. Source: paycodes.md §3. */

/** Any form may turn out to be the right one; the first is the usual one. */
export type PayCodesAuth =
  /** `Authorization: Bearer <key>` */
  | { type: 'bearer'; key: string }
  /** A header of this name. */
  | { type: 'header'; name: string; key: string }
  /** A parameter of this name in every call, as the sibling service PaySystem takes its secret. */
  | { type: 'param'; name: string; key: string }
  | { type: 'none' };

/** `jsonrpc`: POST of JSON-RPC 2.0 to the one URL · `rest`: POST of the parameters to `{url}/{method}`, answered by the result itself. */
export type PayCodesTransport = 'jsonrpc' | 'rest';

export type PayCodesContentType = 'application/json' | 'application/json-rpc';

export interface PayCodesOptions {
  url: URL;
  auth: PayCodesAuth;
  /** Default `jsonrpc`. */
  transport?: PayCodesTransport;
  /** What a request calls its body; default `application/json`. */
  contentType?: PayCodesContentType;
  /** The total time of one call, its retries included, in milliseconds; default 10,000. */
  timeoutMs?: number;
  /** Where times without an offset are local (IANA name); default `Europe/Warsaw`. */
  timeZone?: string;
}
