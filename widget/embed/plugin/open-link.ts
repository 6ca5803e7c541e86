/**
 * Opens a plugin window whose address is a signed link: posts the query, gets the client secret of the payment, and rewrites the
 * address, so that neither the link nor the secret stays in it. Loading the page by GET changes nothing; this POST creates the
 * payment.
 */

import type { DeskProblem } from '#contract';
import { PayLoadErrorEvent } from '../../events.ts';
import type { PageMessages } from '../../messages/messages.ts';
import { pageMessages, renderNotice } from './notice.ts';

export interface LinkWindow {
  /** The window; a substitute in tests. */
  page: Pick<Window, 'location' | 'history'>;
  /** Notices are shown in here. */
  container: Element;
  /** BCP 47. */
  language: string;
  /** Called while the link is on its way. */
  waiting(): void;
  /** Called when the address has become that of a payment: `?merchant=<id>#<client secret>`. */
  opened(): void;
}

export async function openLink(link: LinkWindow): Promise<void> {
  const { page, container, waiting, opened } = link;
  waiting();
  // What Telegram appends describes the customer's account there, and is no business of ours.
  const answer = await post(page.location.search.slice(1).replace(/(^|&)tgWebApp[^&]*/gi, ''));
  if ('clientSecret' in answer) {
    const query = new URLSearchParams(page.location.search);
    const merchant = new URLSearchParams({ merchant: query.get('merchant') ?? '' });
    // The new address no longer says how the page looks, and a reload should look the same.
    const look = new URLSearchParams([...query].filter(([name]) => name === 'lang' || name === 'theme')).toString();
    page.history.replaceState({ payDeskLook: look }, '', `${page.location.pathname}?${merchant}#${answer.clientSecret}`);
    opened();
    return;
  }
  const messages = await pageMessages(link.language);
  const [title, text] = textsFor(answer.code, messages);
  const retry = { label: messages.tryAgain, act: () => void openLink(link) };
  const notice = renderNotice({ title, text, ...(final.has(answer.code) ? {} : { action: retry }) });
  notice.setAttribute('role', 'alert');
  container.replaceChildren(notice);
  container.dispatchEvent(new PayLoadErrorEvent(answer));
}

/** Problem code `network` where no readable answer arrived. */
async function post(query: string): Promise<{ clientSecret: string } | DeskProblem> {
  // Safari has no `AbortSignal.timeout` before 16.
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), 15_000);
  try {
    const response = await fetch('/checkout/link', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
      cache: 'no-store',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: late.signal,
    });
    // Only its own fields, as everywhere that an answer is read.
    const { clientSecret, code, reference }: Record<string, unknown> = { __proto__: null, ...(await response.json()) };
    if (response.ok && typeof clientSecret === 'string') return { clientSecret };
    if (!response.ok && typeof code === 'string')
      return { code: code as DeskProblem['code'], reference: typeof reference === 'string' ? reference : '' };
  } catch {
    // There was no connection, it took too long, or a proxy answered with a page.
  } finally {
    clearTimeout(timer);
  }
  return { code: 'network', reference: '' };
}

/** The same link would be declined again. */
const final: ReadonlySet<string> = new Set([
  'payment_expired',
  'order_conflict',
  'method_unavailable',
  'unauthorized',
  'invalid_request',
  'not_found',
  'too_large',
]);

function textsFor(code: string, messages: PageMessages): readonly [title: string, text: string] {
  if (code === 'payment_expired') return [messages.expiredTitle, messages.expiredText];
  if (code === 'order_conflict' || code === 'method_unavailable') return [messages.refusedTitle, messages.refusedText];
  return final.has(code) ? [messages.brokenTitle, messages.brokenText] : [messages.laterTitle, messages.laterText];
}
