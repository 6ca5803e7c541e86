/** The keys of a merchant's server, and what each may do. */

/**
 * What an API key may do: `payments` create, read and cancel payments, and what belongs to them (cards, receipts) · `refunds` give
 * money back · `codes` make and look up pay codes · `events` read and replay webhooks · `resolve` decide what only a person can
 * tell.
 */
export type ApiKeyScope = 'payments' | 'refunds' | 'codes' | 'events' | 'resolve';

export interface ApiKey {
  /** Null for a key that is listed by its hash alone. */
  readonly name: string | null;
  /** `sha256:` and 64 hex digits. */
  readonly hash: string;
  readonly scopes: readonly ApiKeyScope[];
}
