/** Reads the method of an upstream call and what it is about. */
import type { Upstream, UpstreamCall } from './fault-proxy.ts';

type Read = Pick<UpstreamCall, 'operation' | 'about'>;

export function readCall(upstream: Upstream, path: string, body: Buffer): Read {
  return upstream === 'paykassma' ? readPaykassma(path, body) : readRpc(body);
}

function readRpc(body: Buffer): Read {
  const { method = '?', params = {} } = json(body) as { method?: string; params?: Record<string, unknown> };
  const { code, client, creator, id, description, account } = params;
  const about = {
    // The `code` of `cards.verify` is an SMS code, which must not be recorded.
    ...(method.startsWith('cards.') ? {} : text({ code })),
    ...text({ client, creator, receipt: id, attempt: String(description ?? '').split(' ')[0] }),
    ...text({ order: Object(account).order_id }),
  };
  return { operation: method, about };
}

function readPaykassma(path: string, body: Buffer): Read {
  const operation = path
    .replace(/^\/api\/v1\//, '')
    .replace(/\?.*$/, '')
    .replace(/^(transaction\/create)\/.*/, '$1');
  if (operation !== 'possible-transaction') {
    const { custom_transaction_id, key1, label } = json(body);
    return { operation, about: text({ attempt: custom_transaction_id, number: key1, label }) };
  }
  const field = (name: string) => new RegExp(`name="${name}"\\r\\n\\r\\n([^\\r]*)`).exec(body.toString('latin1'))?.[1];
  return { operation, about: text({ attempt: field('custom_transaction_id'), number: field('key1'), label: field('label') }) };
}

const text = (fields: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== ''),
  );

function json(body: Buffer): Record<string, unknown> {
  try {
    return Object(JSON.parse(body.toString())) as Record<string, unknown>;
  } catch {
    return {};
  }
}
