/** A plugin window in an iframe, and the page's end of the bridge to it. */

import type { DeskStatus, PaymentMethod } from '#contract';
import type { Channel } from '../../bridge/channel.ts';
import type { FromFrame } from '../../bridge/from-frame.ts';
import type { FromPage, SentAppearanceFields } from '../../bridge/from-page.ts';
import { connect, makeFrame, showPart } from '../../bridge/make-frame.ts';
import { translationMessages } from '../../bridge/translation-messages.ts';
import { ofDocument } from '../../browser.ts';
import { windowMessages } from './window-messages.ts';

/** What is shown: the `pluginUrl` from `POST /v1/payments`, a signed link, or the merchant's id and the client secret. */
export type FrameOptions = SentAppearanceFields & ({ pluginUrl: string | URL } | { merchant: string; clientSecret: string });

/** The last known state of a payment. It is a hint, as every event: only the webhook is proof. */
export interface PaymentResult {
  /** E.g. `processing` where the customer closed the window while the outcome was open. */
  status: DeskStatus;
  method: PaymentMethod | null;
  /** Null, as all fields below, if the payment was never shown. */
  paymentId: string | null;
  orderId: string | null;
  /** Minor units of `currency`. */
  amount: number | null;
  amountPaid: number | null;
  /** ISO 4217. */
  currency: string | null;
  /** The money arrived after the payment was canceled or had expired. */
  paidLate: boolean;
  /** Set if the customer left by "back to the shop": the address that the payment has for this. */
  returnUrl: string | null;
}

export interface PluginFrame {
  /** Fires the events of `<pay-desk>`; is as high as its content. */
  readonly iframe: HTMLIFrameElement;
  /** The last known state of the payment. */
  readonly result: PaymentResult;
  /** Changes the appearance; typed input stays. */
  set(change: SentAppearanceFields): void;
  submit(): void;
  validate(): void;
  focus(): void;
  clear(): void;
  /** Removes the frame. The payment goes on without it. */
  remove(): void;
}

const sandbox = [
  'allow-top-navigation-by-user-activation', // back to the shop
  'allow-modals', // print the receipt
];

/**
 * Creates a frame that is not on the page yet.
 * @param onClose Called when the customer wants to leave the window. Without it the link back to the shop navigates the whole
 * tab.
 * @throws Error when the window belongs to another BFF; TypeError for a text that cannot be sent.
 */
export function createPluginFrame(origin: string, options: FrameOptions, onClose?: () => void): PluginFrame {
  const { url, clientSecret } = windowAddress(origin, options);
  const { locale, theme, methods, method, disabled, noSubmitButton, tokens, translations } = options;
  let appearance: SentAppearanceFields = { locale, theme, methods, method, disabled, noSubmitButton, tokens };
  const textMessages = translationMessages(translations ?? {});
  let result: PaymentResult = unknownResult;
  let lastStatus: StatusMessage | null = null;
  let channel: Channel<FromPage> | undefined;

  const iframe = makeFrame({ allow: 'clipboard-read; clipboard-write', sandbox });
  iframe.title = windowMessages(locale).title;
  iframe.style.blockSize = '420px';
  iframe.src = url.href;

  iframe.addEventListener('load', () => {
    channel?.close();
    channel = connect(iframe, origin, onMessage);
    channel.send({ type: 'init', ...(clientSecret && { clientSecret }), closable: !!onClose, ...appearance });
    for (const texts of textMessages) channel.send({ type: 'set', words: texts });
  });

  function onMessage(message: FromFrame): void {
    if (message.type === 'close') {
      result = { ...result, returnUrl: webAddressOf(message.returnUrl) };
      onClose?.();
    }
    if (message.type === 'resize') iframe.style.blockSize = `${Math.min(message.height, maxHeight)}px`;
    if (message.type === 'show') showPart(iframe, message);
    const events = frameEvents(lastStatus, message);
    if (message.type === 'status') {
      lastStatus = message;
      const { status, method, payment } = message;
      result = { ...unknownResult, ...payment, status, method, returnUrl: result.returnUrl };
    }
    for (const event of events) iframe.dispatchEvent(event);
  }

  const send = (type: 'submit' | 'validate' | 'focus' | 'clear') => channel?.send({ type });
  return {
    iframe,
    get result() {
      return result;
    },
    set({ translations, ...change }) {
      const more = translationMessages(translations ?? {});
      textMessages.push(...more);
      appearance = { ...appearance, ...change, tokens: { ...appearance.tokens, ...change.tokens } };
      channel?.send({ type: 'set', ...change });
      for (const texts of more) channel?.send({ type: 'set', words: texts });
    },
    submit: () => send('submit'),
    validate: () => send('validate'),
    focus() {
      send('focus');
    },
    clear: () => send('clear'),
    remove() {
      channel?.close();
      iframe.remove();
    },
  };
}

/**
 * `PayDesk.frame()`: the plugin window as a part of the page.
 * @throws Error when nothing matches the selector, or the window belongs to another BFF.
 */
export function mountFrame(origin: string, target: Element | string, options: FrameOptions): PluginFrame {
  const container = typeof target === 'string' ? ofDocument('querySelector')(target) : target;
  if (!container) throw new Error(`PayDesk.frame: nothing on this page matches ${JSON.stringify(target)}`);
  const frame = createPluginFrame(origin, options);
  container.replaceChildren(frame.iframe);
  return frame;
}

/** The page may assign it to `location`, so it must be a web address. */
const webAddressOf = (text: string | null) => (text && /^https?:\/\//i.test(text) ? text : null);

/** CSS pixels. A window that reports more is broken, and must not push the page away. */
const maxHeight = 5000;

const unknownResult: PaymentResult = {
  status: 'loading',
  method: null,
  paymentId: null,
  orderId: null,
  amount: null,
  amountPaid: null,
  currency: null,
  paidLate: false,
  returnUrl: null,
};

type StatusMessage = Extract<FromFrame, { type: 'status' }>;

/**
 * The events for a message of the window, with the names and fields of the events of `<pay-desk>`. Their classes are not used: a
 * page that has only frames does not download them. Pure: the same two messages give the same events.
 * @param before The status message before this one.
 */
function frameEvents(before: StatusMessage | null, message: FromFrame): Event[] {
  switch (message.type) {
    case 'ready':
      return [eventOf('pay-ready', { methods: message.methods, test: message.test })];
    case 'resize':
      return [eventOf('pay-resize', { height: message.height })];
    case 'change':
      return [eventOf('pay-change', { method: message.method, complete: message.complete })];
    case 'busy':
      return [eventOf('pay-busy', { busy: message.busy })];
    case 'field':
      return [eventOf(`pay-${message.kind}`, { field: message.field })];
    case 'problem':
      return [eventOf(message.of === 'load' ? 'pay-load-error' : 'pay-failure', { problem: message.problem })];
    case 'status':
      return statusEvents(before, message);
    default:
      return [];
  }
}

function statusEvents(before: StatusMessage | null, { status, method, action, wait, payment }: StatusMessage): Event[] {
  const events: Event[] = [];
  if (status !== before?.status)
    events.push(eventOf('pay-status-change', { status, previous: before?.status ?? null, method, action }));
  if (wait && wait.reason !== before?.wait?.reason) events.push(eventOf('pay-pending', wait));
  if (status !== before?.status) {
    if (status === 'succeeded' && payment) events.push(eventOf('pay-success', { ...payment, method }));
    if (status === 'canceled') events.push(eventOf('pay-cancel', {}));
    if (status === 'expired') events.push(eventOf('pay-expired', {}));
  }
  return events;
}

const eventOf = (name: `pay-${string}` & keyof HTMLElementEventMap, fields: object): Event =>
  Object.assign(new Event(name, { bubbles: true, composed: true }), fields);

interface WindowAddress {
  url: URL;
  clientSecret: string | undefined;
}

/**
 * The address of the window, and the secret that is sent to it by message, so that neither an address nor the history contains
 * it.
 * @param origin The BFF that the script came from.
 * @throws Error when the window belongs to another BFF, which would get the secret; TypeError when the options name no payment.
 */
function windowAddress(origin: string, options: FrameOptions): WindowAddress {
  if (!hasPluginUrl(options)) {
    const { merchant, clientSecret } = options;
    if (![merchant, clientSecret].every((text) => text && typeof text === 'string'))
      throw new TypeError('PayDesk: a plugin window needs pluginUrl, or merchant and clientSecret.');
    const url = new URL('/plugin/', origin);
    url.searchParams.set('merchant', merchant);
    return { url, clientSecret };
  }
  const url = new URL(options.pluginUrl);
  if (url.origin !== origin) throw new Error(`PayDesk: this plugin window is not one of ${origin}.`);
  // Without what a mailing or a messenger has appended to it.
  const clientSecret = /^#(cs_[\w-]+)/.exec(url.hash)?.[1];
  url.hash = '';
  return { url, clientSecret };
}

/** An own field: another script of the page may have added one to every object. */
const hasPluginUrl = (options: FrameOptions): options is Extract<FrameOptions, { pluginUrl: unknown }> =>
  Object.hasOwn(options, 'pluginUrl');
