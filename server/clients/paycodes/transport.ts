/** One question to PayCodes and what came back, whatever carries them. */
import type { Credentials } from './credentials-of.ts';
import type { PayCodesContentType } from './options.ts';

export type Method = 'get_code' | 'use_code' | 'generate_code' | 'generate_code_list';

/** In the words of the wire; what is undefined is not sent. */
export type Params = Record<string, string | number | undefined>;

/** `code`: upstream's number for its error, null when it gave none. */
export type Answer = { ok: true; result: unknown } | { ok: false; code: number | null };

/** Sent once, whatever happens. @throws {UpstreamError} */
export type Ask = (method: Method, params: Params, signal: AbortSignal) => Promise<Answer>;

/** What every question of one client has in common. */
export interface Line {
  url: URL;
  contentType: PayCodesContentType;
  credentials: Credentials;
}
