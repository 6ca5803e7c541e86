/** Opens a postback from its raw bytes: refuses what is not signed, reads what is. Source: paykassma.md §3. */
import { type JsonObject, type JsonValue, readJson } from './exact-json.ts';
import type { Postback } from './postback/postback.ts';
import { readPostback } from './postback/read-postback.ts';
import { isSigned, type PostbackKeys } from './signature.ts';

export interface PostbackSettings extends PostbackKeys {
  /**
   * Where in the body the signed value stands; `body` is all of it but the signature. That the present documents mean
   * `additional_data` is inferred. One is configured and none is guessed: a forger must not choose.
   */
  signedPath: 'additional_data' | 'transactions' | 'body';
  /** Digits after the point of a currency, by ISO 4217. */
  minorUnitDigits(currency: string): number;
}

export type OpenedPostback =
  | { kind: 'signed'; postback: Postback }
  /** Rightly signed, and of no shape that we know: to be kept, and looked at by a person. */
  | { kind: 'unreadable' }
  /** Not proven to be Paykassma's. `not_signed`: it lacks a signature, or what is signed is missing or empty. */
  | { kind: 'refused'; reason: 'too_large' | 'not_json' | 'not_signed' | 'wrong_signature' };

/** An honest one has two thousand or so. */
export const largestPostback = 64 * 1024;

export function openPostback(raw: Uint8Array, settings: PostbackSettings): OpenedPostback {
  const refuse = (reason: Extract<OpenedPostback, { kind: 'refused' }>['reason']) => ({ kind: 'refused', reason }) as const;
  if (raw.byteLength > largestPostback) return refuse('too_large');
  const text = decode(raw);
  const body = text === undefined ? undefined : readJson(text);
  if (!(body instanceof Map)) return refuse('not_json');
  const { signedPath } = settings;
  const signature = body.get('signature');
  const signed = signedPath === 'body' ? withoutSignature(body) : body.get(signedPath);
  if (typeof signature !== 'string' || signed === undefined || isEmpty(signed)) return refuse('not_signed');
  if (!isSigned(signed, signature, settings)) return refuse('wrong_signature');
  const postback = readPostback(body, settings);
  return postback ? { kind: 'signed', postback } : { kind: 'unreadable' };
}

function decode(raw: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw);
  } catch {
    return undefined;
  }
}

const withoutSignature = (body: JsonObject): JsonObject => new Map([...body].filter(([key]) => key !== 'signature'));

/** The signature of nothing is the same every time, so whoever has seen one could sign nothing for ever. */
function isEmpty(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.every(isEmpty);
  return !(value instanceof Map) || value.size === 0;
}
