/** Follows the checkout in a document: the events that it fires, and the screens that it shows. */

import type { PayDesk } from '../../widget/element/pay-desk.ts';
import type { SeenEvent } from './qa-events.ts';

/** The public events of `<pay-desk>`, but for `pay-resize`, which would hide the others by its number. */
const names = [
  'pay-ready',
  'pay-load-error',
  'pay-status-change',
  'pay-method-change',
  'pay-language-change',
  'pay-change',
  'pay-before-submit',
  'pay-busy',
  'pay-pending',
  'pay-success',
  'pay-failure',
  'pay-cancel',
  'pay-expired',
] as const;

/** Calls `seen` for every public event of the `<pay-desk>` in a document, and whenever it shows another screen. */
export function followCheckout(page: Document, seen: (event: SeenEvent) => void): void {
  for (const name of names) {
    page.addEventListener(name, (event) =>
      seen({
        kind: 'event',
        name,
        detail: detailOf(event as Event & EventFields),
        ok: name !== 'pay-failure' && name !== 'pay-load-error',
      }),
    );
  }
  followScreens(page, seen);
}

interface EventFields {
  problem?: { code: string };
  status?: string;
  reason?: string;
  method?: string | null;
  complete?: boolean;
}

const detailOf = ({ problem, status, reason, method, complete }: EventFields): string =>
  problem?.code ?? status ?? reason ?? (complete === undefined ? (method ?? '') : complete ? 'complete' : 'incomplete');

/** The element may come after the page, and may be replaced. */
function followScreens(page: Document, seen: (event: SeenEvent) => void): void {
  let last = '';
  const look = () => {
    const desk = page.querySelector<PayDesk>('pay-desk');
    // Without a status nothing is drawn yet.
    if (!desk?.shadowRoot || !desk.dataset.status) return;
    watch(desk.shadowRoot);
    const screen = screenOf(desk, desk.shadowRoot);
    const line = Object.values(screen).join();
    if (line === last) return;
    last = line;
    seen({ kind: 'screen', ...screen });
  };
  const observer = new MutationObserver(look);
  let watched: Node | undefined;
  const watch = (root: ShadowRoot) => {
    if (watched === root) return;
    watched = root;
    observer.observe(root, { childList: true, subtree: true });
  };
  observer.observe(page, { childList: true, subtree: true, attributeFilter: ['data-status'] });
  look();
}

/** What the customer has in front of them, by our names for it: the page's language does not matter to a tester's report. */
function screenOf({ view, error, dataset }: PayDesk, root: ShadowRoot): Omit<SeenEvent, 'kind'> {
  const form = root.querySelector('pay-code-form, pay-sms-form, pay-wallet-form, pay-card-form, pay-card-frame')?.localName;
  const kind = view?.nextAction.kind;
  const parts = [form?.replace('pay-', ''), kind === 'none' ? undefined : kind, error?.code];
  const status = dataset.status ?? '';
  return { name: parts.filter(Boolean).join(' · ') || status, detail: status, ok: !error };
}
