/** The plugin window's end of the bridge: carries out what the page around it sends, and reports the state of the checkout. */

import type { DeskStatus } from '#contract';
import { type Channel, openChannel, type Unsent } from '../../bridge/channel.ts';
import { type FromFrame, plainProblem, sendFields, sendRefusals } from '../../bridge/from-frame.ts';
import { type Appearance, type FromPage, readPage } from '../../bridge/from-page.ts';
import type { PayDesk } from '../../element/pay-desk.ts';
import { methodOf } from '../../methods/choose-method.ts';
import { observeHeight } from './observe-height.ts';

export interface PluginServer {
  /** Contains the checkout; its height is the height of the frame. */
  container: HTMLElement;
  /** Null while there is no checkout. */
  checkout(): PayDesk | null;
  /** Shows the payment of the client secret, or without one what the window's own address says. */
  show(clientSecret: string | undefined): void;
  /** Changes the appearance of the current checkout and of the next ones. */
  updateAppearance(change: Appearance): void;
}

export function servePage(port: MessagePort, { container, checkout, show, updateAppearance }: PluginServer): void {
  let initialized = false;
  const channel: Channel<FromFrame> = openChannel<FromFrame, FromPage>(port, readPage, (message) => {
    if (message.type === 'init') {
      if (initialized) return;
      initialized = true;
      const { clientSecret, closable, v: _, type: __, ...appearance } = message;
      if (closable) onBackLink(container, (returnUrl) => channel.send({ type: 'close', returnUrl }));
      // The button that closes the dialog stands at the end of the head.
      if (closable) document.documentElement.dataset.closable = '';
      updateAppearance(appearance);
      show(clientSecret);
    } else if (message.type === 'set') updateAppearance(message);
    // `submit()` rejects where there is nothing to submit. Everything else is reported by events.
    else if (message.type === 'submit')
      void checkout()
        ?.submit()
        .catch(() => undefined);
    else if (message.type !== 'acknowledge') checkout()?.[message.type]();
  });

  container.addEventListener('pay-ready', ({ methods, test }) => channel.send({ type: 'ready', methods: [...methods], test }));
  const reportStatus = () => {
    const shown = checkout();
    if (shown) channel.send(statusMessage(shown));
  };
  // A link that cannot be opened has no checkout that would report its status.
  container.addEventListener('pay-load-error', () => checkout() || channel.send(nothingShown));
  container.addEventListener('pay-status-change', reportStatus);
  container.addEventListener('pay-pending', reportStatus);
  container.addEventListener('pay-change', ({ method, complete }) => channel.send({ type: 'change', method, complete }));
  container.addEventListener('pay-busy', ({ busy }) => channel.send({ type: 'busy', busy }));
  sendFields(container, channel.send);
  sendRefusals(container, checkout, channel.send);
  for (const [name, of] of [
    ['pay-load-error', 'load'],
    ['pay-failure', 'try'],
  ] as const)
    container.addEventListener(name, ({ problem }) => channel.send({ type: 'problem', of, problem: plainProblem(problem) }));
  // Keys that are pressed in a frame do not reach the page around it.
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing) channel.send({ type: 'close', returnUrl: null });
  });
  document.documentElement.dataset.framed = '';
  observeHeight(container, (height) => channel.send({ type: 'resize', height }));
  // If the checkout was there before the page connected, its events have passed: the state is reported now.
  reportStatus();
  const view = checkout()?.view;
  if (view) channel.send({ type: 'ready', methods: view.methods, test: view.test });
}

const nothingShown = { type: 'status', status: 'load_error', method: null, action: null, wait: null, payment: null } as const;

/**
 * In a dialog the shop lies right behind the window, so "back to the shop" closes the dialog and does not load the shop again.
 * @param close Gets the address that the merchant gave, because the page may still want to go there.
 */
function onBackLink(container: Element, close: (returnUrl: string) => void): void {
  container.addEventListener('click', (event) => {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement && node.target === '_top');
    const { button, ctrlKey, metaKey, shiftKey, altKey } = event as MouseEvent;
    // With a key the click opens another tab, as for any link.
    if (!link || button !== 0 || ctrlKey || metaKey || shiftKey || altKey) return;
    event.preventDefault();
    close((link as HTMLAnchorElement).href);
  });
}

type StatusMessage = Unsent<Extract<FromFrame, { type: 'status' }>>;

function statusMessage({ view, dataset, method }: PayDesk): StatusMessage {
  const action = view?.nextAction;
  return {
    type: 'status',
    // Not from the view: a payment that can no longer be followed still has one, but an old one.
    status: (dataset.status as DeskStatus | undefined) ?? 'loading',
    method: methodOf(view) ?? method,
    action: action?.kind ?? null,
    wait: action?.kind === 'wait' ? { reason: action.reason, since: action.since } : null,
    payment: view && {
      paymentId: view.id,
      orderId: view.orderId,
      amount: view.amount,
      amountPaid: view.amountPaid,
      currency: view.currency,
      paidLate: view.paidLate,
    },
  };
}
