/** The pages of the console and their addresses, e.g. `#/payments?q=PD-7Q4K` or `#/payments/pay_…`. */

export const pages = ['queue', 'payments', 'webhooks', 'postbacks', 'books', 'health'] as const;
export type PageName = (typeof pages)[number];

export interface Route {
  page: PageName;
  /** What is shown of it: a payment's or a webhook's id; null for the list. */
  id: string | null;
  /** Filters and the text that is searched for. */
  query: Readonly<Record<string, string>>;
}

/** An address that is not known leads to the queue. */
export function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [name, id] = path.split('/');
  const page = pages.find((known) => known === name) ?? 'queue';
  return { page, id: id ? decode(id) : null, query: Object.fromEntries(new URLSearchParams(query)) };
}

/** @param query Empty values are left out. */
export function addressOf(page: PageName, id?: string | null, query: Readonly<Record<string, string | null>> = {}): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return `#/${page}${id ? `/${encodeURIComponent(id)}` : ''}${given.length > 0 ? `?${new URLSearchParams(given)}` : ''}`;
}

export const paymentAddress = (id: string): string => addressOf('payments', id);

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
