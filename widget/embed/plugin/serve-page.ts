/** The plugin window's end of the bridge: does what the page around it asks, and tells it what happens. */
import { type Channel, openChannel, type Unsent } from '../../bridge/channel.ts';
import { type FromFrame, plainProblem } from '../../bridge/from-frame.ts';
import { type Appearance, type FromPage, readPage } from '../../bridge/from-page.ts';
import type { PayDesk } from '../../element/pay-desk.ts';
import type { DeskStatus } from '../../events.ts';
import { observeHeight } from './watch-height.ts';

export interface PluginServer {
  /** What is measured, and where the checkout stands. */
  place: HTMLElement;
  /** The checkout, once there is one. */
  desk(): PayDesk | null;
  /** Shows the payment of `clientSecret`, or what this window has by itself. */
  show(clientSecret: string | undefined): void;
  /** Changes the look, of what is shown and of what will be. */
  wear(look: Appearance): void;
}

export function servePage(port: MessagePort, { place, desk, show, wear }: PluginServer): void {
  let told = false;
  const channel: Channel<FromFrame> = openChannel<FromFrame, FromPage>(port, readPage, (message) => {
    if (message.type === 'init') {
      if (told) return;
      told = true;
      const { clientSecret, closable, v: _, type: __, ...look } = message;
      if (closable) onBrowserBack(place, (returnUrl) => channel.send({ type: 'close', returnUrl }));
      wear(look);
      show(clientSecret);
    } else if (message.type === 'set') wear(message);
    // Misuse rejects, as it does for the page's own element; the page hears of everything else by its events.
    else if (message.type === 'submit')
      void desk()
        ?.submit()
        .catch(() => undefined);
    else if (message.type !== 'acknowledge') desk()?.[message.type]();
  });

  place.addEventListener('pay-ready', ({ methods, test }) => channel.send({ type: 'ready', methods: [...methods], test }));
  const tellStatus = () => {
    const shown = desk();
    if (shown) channel.send(statusMessage(shown));
  };
  // A link that opens nothing has no checkout which would tell its status.
  place.addEventListener('pay-load-error', () => desk() || channel.send(nothingShown));
  place.addEventListener('pay-status-change', tellStatus);
  place.addEventListener('pay-pending', tellStatus);
  place.addEventListener('pay-change', ({ method, complete }) => channel.send({ type: 'change', method, complete }));
  for (const [name, of] of [
    ['pay-load-error', 'load'],
    ['pay-failure', 'try'],
  ] as const)
    place.addEventListener(name, ({ problem }) => channel.send({ type: 'problem', of, problem: plainProblem(problem) }));
  // The page around cannot hear a key that is pressed in here.
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing) channel.send({ type: 'close', returnUrl: null });
  });
  document.documentElement.dataset.framed = '';
  observeHeight(place, (height) => channel.send({ type: 'resize', height }));
  // A window that was quicker than the page: what it would have told is told now.
  tellStatus();
  const view = desk()?.view;
  if (view) channel.send({ type: 'ready', methods: view.methods, test: view.test });
}

const nothingShown = { type: 'status', status: 'load_error', method: null, action: null, wait: null, payment: null } as const;

/** In a dialog the shop lies right behind: "back to the shop" closes it there, and does not load the page anew. */

/** @param close Told the address that the merchant gave: its page may still want to go there. */
export function onBrowserBack(place: Element, close: (returnUrl: string) => void): void {
  place.addEventListener('click', (event) => {
    const way = event.composedPath().find((node) => node instanceof HTMLAnchorElement && node.target === '_top');
    const { button, ctrlKey, metaKey, shiftKey, altKey } = event as MouseEvent;
    // With a key it opens another tab, as any link does.
    if (!way || button !== 0 || ctrlKey || metaKey || shiftKey || altKey) return;
    event.preventDefault();
    close((way as HTMLAnchorElement).href);
  });
}

/** Where the payment of a checkout stands, as the page around its window is told. */
type StatusMessage = Unsent<Extract<FromFrame, { type: 'status' }>>;

export function statusMessage({ view, dataset, method }: PayDesk): StatusMessage {
  const action = view?.nextAction;
  return {
    type: 'status',
    // As the checkout says it: a payment that can no longer be followed still has a view, but an old one.
    status: (dataset.status as DeskStatus | undefined) ?? 'loading',
    method: view?.attempt?.method ?? method,
    action: action?.kind ?? null,
    wait: action?.kind === 'wait' ? { reason: action.reason, since: action.since } : null,
    payment: view && {
      paymentId: view.id,
      orderId: view.orderId,
      amount: view.amount,
      amountPaid: view.amountPaid,
      currency: view.currency,
      late: view.late,
    },
  };
}
