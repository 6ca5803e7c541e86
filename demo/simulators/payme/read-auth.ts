/** What the header `X-Auth` says: `{id}` from a page, `{id}:{key}` from a server. */
import type { Cashbox } from './world.ts';

export type AuthForm = 'none' | 'id' | 'key' | 'unknown_id' | 'wrong_key';

export function readAuth(header: unknown, cashbox: Cashbox): AuthForm {
  if (typeof header !== 'string' || header === '') return 'none';
  const [id, ...rest] = header.split(':');
  if (id !== cashbox.id) return 'unknown_id';
  if (rest.length === 0) return 'id';
  return rest.join(':') === cashbox.key ? 'key' : 'wrong_key';
}
