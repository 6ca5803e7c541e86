/** The line to a card frame: makes the frame, greets it with every load, and notices when it does not come or does not answer. */
import type { Channel, Unsent } from '../../bridge/channel.ts';
import type { FromFrame, SentProblem } from '../../bridge/from-frame.ts';
import type { FromPage } from '../../bridge/from-page.ts';
import { connect, makeFrame } from '../../bridge/make-frame.ts';

export interface ChannelPort {
  /** A frame has loaded, and knows nothing. */
  greeted(): void;
  hear(message: FromFrame): void;
  /** It came, or it is told to the customer that it did not. */
  changed(): void;
}

/** As long as a frame may take to say its first word. */
const patience = 15_000;
/** As long as a click may take in there: the BFF answers within 8 s, and is asked again where its answer was lost. */
const longest = 20_000;
/** A frame that asks for more is broken; the page must not be pushed away. */
const tallest = 3000;
/** Around the form, for the ring of what has the focus. */
const ring = 4;

export class CardFrameChannel {
  readonly iframe = makeFrame({ allow: 'clipboard-write', sandbox: [] });
  /** The frame was waited for in vain. */
  missed = false;
  readonly #end: ChannelPort;
  #origin: string | null = null;
  #channel: Channel<FromPage> | null = null;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #sent: (problem: SentProblem | null) => void = () => {};

  constructor(end: ChannelPort) {
    this.#end = end;
    Object.assign(this.iframe.style, { margin: `-${ring}px`, inlineSize: `calc(100% + ${2 * ring}px)` });
    this.iframe.addEventListener('load', this.#onLoad);
  }

  /** Loads the frame, anew if need be. Null: there is none that may be loaded. */
  open(address: string | null): void {
    this.close();
    Object.assign(this.iframe.style, {
      blockSize: '160px',
      borderRadius: 'var(--_radius-group)',
      background: 'var(--_color-sunken)',
    });
    this.#origin = address && new URL(address).origin;
    this.#show(!address);
    if (!address) return;
    this.#waiting = setTimeout(() => this.#show(true), patience);
    this.iframe.src = address;
  }

  say(message: Unsent<FromPage>): void {
    this.#channel?.send(message);
  }

  /** Resolves when it is answered: with why it did not pay, or null. Also where nobody answers any more. */
  submit(signal: AbortSignal): Promise<SentProblem | null> {
    return new Promise((resolve) => {
      const end = setTimeout(() => this.#sent(null), longest);
      this.#sent = (problem) => {
        clearTimeout(end);
        resolve(problem);
      };
      signal.addEventListener('abort', () => this.#sent(null), { once: true });
      if (this.#channel) this.say({ type: 'submit' });
      else this.#sent(null);
    });
  }

  close(): void {
    clearTimeout(this.#waiting);
    this.#channel?.close();
    this.#channel = null;
    this.#sent(null);
  }

  readonly #onLoad = () => {
    if (!this.#origin) return;
    this.#channel?.close();
    this.#sent(null); // whoever was asked is gone
    this.#channel = connect(this.iframe, this.#origin, this.#hear);
    this.#end.greeted();
  };

  readonly #hear = (message: FromFrame) => {
    clearTimeout(this.#waiting);
    this.#show(false);
    if (message.type === 'resize') {
      Object.assign(this.iframe.style, { blockSize: `${Math.min(message.height, tallest)}px`, background: 'none' });
    } else if (message.type === 'sent') this.#sent(message.problem);
    else this.#end.hear(message);
  };

  #show(missed: boolean): void {
    const changed = this.missed !== missed;
    this.missed = missed;
    this.iframe.style.display = missed ? 'none' : 'block';
    if (changed) this.#end.changed();
  }
}
