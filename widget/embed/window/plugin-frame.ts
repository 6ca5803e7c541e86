/** A plugin window in an iframe, and the page's end of the bridge to it. */
import type { Channel } from '../../bridge/channel.ts';
import type { FromFrame } from '../../bridge/from-frame.ts';
import type { FromPage, Look } from '../../bridge/from-page.ts';
import { makeFrame } from '../../bridge/make-frame.ts';
import { wordMessages } from '../../bridge/translation-messages.ts';
import { greet } from '../bridge/greet.ts';
import { frameEvents, type StatusMessage } from './frame-events.ts';
import type { FrameOptions } from './frame-options.ts';
import type { PaymentResult } from './payment-result.ts';
import { windowAddress } from './window-address.ts';
import { wordsOf } from './words.ts';

export interface PluginFrame {
  /** Fires the events of `<pay-desk>`; is as high as what it shows. */
  readonly iframe: HTMLIFrameElement;
  /** The last that is known of the payment. */
  readonly result: PaymentResult;
  /** Changes the look, live; what is typed stays. */
  set(look: Look): void;
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
  let look: Look = { locale, theme, methods, method, disabled, noSubmitButton, tokens };
  const words = wordMessages(translations ?? {});
  let result: PaymentResult = nothingKnown;
  let told: StatusMessage | null = null;
  let channel: Channel<FromPage> | undefined;

  const iframe = makeFrame({ allow: 'clipboard-read; clipboard-write', sandbox });
  iframe.title = wordsOf(locale).title;
  iframe.style.blockSize = '420px';
  iframe.src = url.href;

  iframe.addEventListener('load', () => {
    channel?.close();
    channel = greet(iframe, origin, hear);
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
      const more = wordMessages(translations ?? {});
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
