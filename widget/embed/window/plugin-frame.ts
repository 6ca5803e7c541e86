/** A plugin window in an iframe, and the page's end of the bridge to it. */
import type { Channel } from '../../bridge/channel.ts';
import type { FromFrame } from '../../bridge/from-frame.ts';
import type { FromPage, SentAppearanceFields } from '../../bridge/from-page.ts';
import { connect, makeFrame } from '../../bridge/make-frame.ts';
import { translationMessages } from '../../bridge/translation-messages.ts';
import type { PaymentResult } from './open-window.ts';
import { wordsOf } from './words.ts';

export interface PluginFrame {
  /** Fires the events of `<pay-desk>`; is as high as what it shows. */
  readonly iframe: HTMLIFrameElement;
  /** The last that is known of the payment. */
  readonly result: PaymentResult;
  /** Changes the look, live; what is typed stays. */
  set(look: SentAppearanceFields): void;
  submit(): void;
  validate(): void;
  focus(): void;
  clear(): void;
  /** Takes the frame away. The payment goes on without it. */
  remove(): void;
}

const sandbox = [
  'allow-top-navigation-by-user-activation', // back to the shop
  'allow-modals', // print the receipt
];

/**
 * Not yet on the page.
 * @param onClose The customer wants to leave the window. Without it, nobody closes it: the way back to the shop leads the whole tab there.
 * @throws Error when the window is another BFF's; TypeError for a text that cannot be sent.
 */
export function createPluginFrame(origin: string, options: FrameOptions, onClose?: () => void): PluginFrame {
  const { url, clientSecret } = windowAddress(origin, options);
  const { locale, theme, methods, method, disabled, noSubmitButton, tokens, translations } = options;
  let look: SentAppearanceFields = { locale, theme, methods, method, disabled, noSubmitButton, tokens };
  const words = translationMessages(translations ?? {});
  let result: PaymentResult = nothingKnown;
  let told: StatusMessage | null = null;
  let channel: Channel<FromPage> | undefined;

  const iframe = makeFrame({ allow: 'clipboard-read; clipboard-write', sandbox });
  iframe.title = wordsOf(locale).title;
  iframe.style.blockSize = '420px';
  iframe.src = url.href;

  iframe.addEventListener('load', () => {
    channel?.close();
    channel = connect(iframe, origin, hear);
    channel.send({ type: 'init', ...(clientSecret && { clientSecret }), closable: !!onClose, ...look });
    for (const some of words) channel.send({ type: 'set', words: some });
  });

  function hear(message: FromFrame): void {
    if (message.type === 'close') {
      result = { ...result, returnUrl: webAddress(message.returnUrl) };
      onClose?.();
    }
    if (message.type === 'resize') iframe.style.blockSize = `${Math.min(message.height, tallest)}px`;
    const events = frameEvents(told, message);
    if (message.type === 'status') {
      told = message;
      const { status, method, payment } = message;
      result = { ...nothingKnown, ...payment, status, method, returnUrl: result.returnUrl };
    }
    for (const event of events) iframe.dispatchEvent(event);
  }

  const say = (type: 'submit' | 'validate' | 'focus' | 'clear') => channel?.send({ type });
  return {
    iframe,
    get result() {
      return result;
    },
    set({ translations, ...change }) {
      const more = translationMessages(translations ?? {});
      words.push(...more);
      look = { ...look, ...change, tokens: { ...look.tokens, ...change.tokens } };
      channel?.send({ type: 'set', ...change });
      for (const some of more) channel?.send({ type: 'set', words: some });
    },
    submit: () => say('submit'),
    validate: () => say('validate'),
    focus() {
      say('focus');
    },
    clear: () => say('clear'),
    remove() {
      channel?.close();
      iframe.remove();
    },
  };
}

/** The page will hand it to `location`: nothing else than an address of the web. */
const webAddress = (text: string | null) => (text && /^https?:\/\//i.test(text) ? text : null);

/** A window that asks for more is broken; the page must not be pushed away. */
const tallest = 5000;

const nothingKnown: PaymentResult = {
  status: 'loading',
  method: null,
  paymentId: null,
  orderId: null,
  amount: null,
  amountPaid: null,
  currency: null,
  late: false,
  returnUrl: null,
};

/**
 * The events that a plugin window's frame fires, by what the window said: of the same names and fields as those of `<pay-desk>`.
 * Their classes are in the element's code, which a page with frames only has no need of.
 */
export type StatusMessage = Extract<FromFrame, { type: 'status' }>;

/** @param before What was told of the status before. Pure: the same two, the same events. */
export function frameEvents(before: StatusMessage | null, message: FromFrame): Event[] {
  switch (message.type) {
    case 'ready':
      return [named('pay-ready', { methods: message.methods, test: message.test })];
    case 'resize':
      return [named('pay-resize', { height: message.height })];
    case 'change':
      return [named('pay-change', { method: message.method, complete: message.complete })];
    case 'problem':
      return [named(message.of === 'load' ? 'pay-load-error' : 'pay-failure', { problem: message.problem })];
    case 'status':
      return statusEvents(before, message);
    default:
      return [];
  }
}

function statusEvents(before: StatusMessage | null, { status, method, action, wait, payment }: StatusMessage): Event[] {
  const events: Event[] = [];
  if (status !== before?.status)
    events.push(named('pay-status-change', { status, previous: before?.status ?? null, method, action }));
  if (wait && wait.reason !== before?.wait?.reason) events.push(named('pay-pending', wait));
  if (status !== before?.status) {
    if (status === 'succeeded' && payment) events.push(named('pay-success', { ...payment, method }));
    if (status === 'canceled') events.push(named('pay-cancel', {}));
    if (status === 'expired') events.push(named('pay-expired', {}));
  }
  return events;
}

const named = (name: `pay-${string}` & keyof HTMLElementEventMap, fields: object): Event =>
  Object.assign(new Event(name, { bubbles: true, composed: true }), fields);

/** Which payment a plugin window shows, and how. */
/** The `pluginUrl` as `POST /v1/payments` answers it, or a signed link; or its parts: the merchant's id and the client secret. */
export type FrameOptions = SentAppearanceFields & ({ pluginUrl: string | URL } | { merchant: string; clientSecret: string });

/** Where a plugin window lies, and the secret it is to be told. The secret goes by message: no address, no history holds it. */
export interface WindowAddress {
  url: URL;
  clientSecret: string | undefined;
}

/**
 * @param origin The BFF that the script came from.
 * @throws Error when the window is not one of this BFF: it would be handed the secret.
 */
export function windowAddress(origin: string, options: FrameOptions): WindowAddress {
  if (!hasPluginUrl(options)) {
    const url = new URL('/plugin/', origin);
    url.searchParams.set('merchant', options.merchant);
    return { url, clientSecret: options.clientSecret };
  }
  const url = new URL(options.pluginUrl);
  if (url.origin !== origin) throw new Error(`PayDesk: this plugin window is not one of ${origin}.`);
  const clientSecret = url.hash.slice(1) || undefined;
  url.hash = '';
  return { url, clientSecret };
}

/** Of its own: another script of the page may have given every object one. */
const hasPluginUrl = (options: FrameOptions): options is Extract<FrameOptions, { pluginUrl: unknown }> =>
  Object.hasOwn(options, 'pluginUrl');
