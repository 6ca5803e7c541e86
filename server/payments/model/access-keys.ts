/**
 * The keys of the callers: API keys of merchants' servers (`sk_live_…`, `sk_test_…`) and keys of operators (`op_…`). The
 * configuration lists only their hashes, with what each may do.
 */
import { randomBytes } from 'node:crypto';
import type { ApiKeyScope } from './api-key.ts';
import { hashBearer } from './ids.ts';

export const apiKeyScopes: readonly ApiKeyScope[] = ['payments', 'refunds', 'codes', 'events', 'resolve'];

/** What a key may do that is listed by its hash alone. Giving money back and deciding are never among it. */
export const usualScopes: readonly ApiKeyScope[] = ['payments', 'codes', 'events'];

export interface Operator {
  /** Audit events name it. The old and the new key of one person have the same, while they are exchanged. */
  readonly name: string;
  /** `sha256:` and 64 hex digits. */
  readonly keyHash: string;
  /** `act` may also do what changes a payment. */
  readonly role: 'read' | 'act';
  /** The ids of the merchants whose payments the operator sees; absent for all merchants. */
  readonly merchants?: readonly string[] | undefined;
  /** ISO date, the last day on which the key is valid, in UTC; absent for a key that does not expire. */
  readonly expires?: string | undefined;
  /**
   * `resolve` decides what only a person can tell, `refund` gives money back, `links` makes links to payments, signed in the merchant's
   * name. Only with the role `act`.
   */
  readonly scopes: readonly OperatorScope[];
}

export const operatorScopes = ['resolve', 'refund', 'links'] as const;
export type OperatorScope = (typeof operatorScopes)[number];

const dayMs = 86_400_000;

/** When an operator's key stops being valid, in milliseconds since 1970; null if never. */
export const expiryOf = ({ expires }: Pick<Operator, 'expires'>): number | null =>
  expires === undefined ? null : Date.parse(expires) + dayMs;

/** 256 random bits, 43 characters. */
const newSecret = (): string => randomBytes(32).toString('base64url');

export const newApiKey = (test: boolean): string => `${apiKeyPrefix(test)}${newSecret()}`;
export const newOperatorKey = (): string => `op_${newSecret()}`;

/** How the configuration lists a key. */
export const hashKey = (key: string): string => `sha256:${hashBearer(key)}`;

const apiKeyPrefix = (test: boolean): string => (test ? 'sk_test_' : 'sk_live_');

/** The least that a live key must have after its prefix: 32 characters of base64url carry 192 bits. */
const leastCharacters = 32;

/**
 * Why this server does not accept a key as an API key of a merchant, or null. The key of a test merchant may be short, because no
 * real money moves there.
 */
export function apiKeyFault(key: string, test: boolean): string | null {
  const prefix = apiKeyPrefix(test);
  if (!key.startsWith(prefix)) return `expected an API key that begins with ${prefix}`;
  if (test || key.length >= prefix.length + leastCharacters) return null;
  return `expected an API key with at least ${leastCharacters} characters after ${prefix}`;
}

/** Why this server does not accept a key as the key of an operator, or null. */
export const operatorKeyFault = (key: string): string | null =>
  /^op_[\w-]{43,}$/.test(key) ? null : 'expected an operator key: op_ and at least 43 characters of base64url';
