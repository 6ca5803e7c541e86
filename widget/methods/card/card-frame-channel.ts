/**
 * The connection to a card frame: makes the frame, connects to it after each load, and notices when it does not load or does not
 * answer.
 */
import type { Channel, Unsent } from '../../bridge/channel.ts';
import type { FromFrame, SentProblem } from '../../bridge/from-frame.ts';
import type { FromPage } from '../../bridge/from-page.ts';
import { connect, makeFrame } from '../../bridge/make-frame.ts';

export interface ChannelListener {
  /** A frame has loaded and needs all its settings. */
  onConnected(): void;
  onMessage(message: FromFrame): void;
  /** `failed` has changed. */
  onChange(): void;
}

/** So long a frame may take until its first message. */
const loadTimeoutMs = 15_000;
/** So long a submission may take inside the frame: the BFF answers within 8 s, and is asked again where its answer was lost. */
const submitTimeoutMs = 20_000;
/** CSS pixels. A frame that reports more is broken, and must not push the page away. */
const maxHeight = 3000;
/** Around the form, for the focus ring. The frame stands out by as much, so that the form is as wide as what is around it. */
const ringWidth = '4px';
/** At the sides only as far as the page has room for it: a page without margins would scroll sideways. */
const sideRoom = `clamp(0px, (100vw - 100%) / 2, ${ringWidth})`;

export class CardFrameChannel {
  readonly iframe = makeFrame({ allow: 'clipboard-read; clipboard-write', sandbox: [] });
  /** The frame did not load in time. */
  failed = false;
  readonly #listener: ChannelListener;
  #origin: string | null = null;
  #channel: Channel<FromPage> | null = null;
  #loadTimer: ReturnType<typeof setTimeout> | undefined;
  #onSubmitted: (problem: SentProblem | null) => void = () => {};

  constructor(listener: ChannelListener) {
    this.#listener = listener;
    Object.assign(this.iframe.style, {
      margin: `-${ringWidth} calc(-1 * ${sideRoom})`,
      inlineSize: `calc(100% + 2 * ${sideRoom})`,
    });
    this.iframe.addEventListener('load', this.#onLoad);
  }

  /** Loads the frame, again if need be. Null: there is no address that may be loaded. */
  open(address: string | null): void {
    this.close();
    Object.assign(this.iframe.style, {
      blockSize: '160px',
      borderRadius: 'var(--_radius-group)',
      background: 'var(--_color-sunken)',
    });
    this.#origin = address && new URL(address).origin;
    this.#setFailed(!address);
    if (!address) return;
    this.#loadTimer = setTimeout(() => this.#setFailed(true), loadTimeoutMs);
    this.iframe.src = address;
  }

  send(message: Unsent<FromPage>): void {
    this.#channel?.send(message);
  }

  /** Resolves with the problem that the frame reports. Null: none, or the frame is gone or does not answer in time. */
  submit(signal: AbortSignal): Promise<SentProblem | null> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#onSubmitted(null), submitTimeoutMs);
      this.#onSubmitted = (problem) => {
        clearTimeout(timer);
        resolve(problem);
      };
      signal.addEventListener('abort', () => this.#onSubmitted(null), { once: true });
      if (this.#channel) this.send({ type: 'submit' });
      else this.#onSubmitted(null);
    });
  }

  close(): void {
    clearTimeout(this.#loadTimer);
    this.#channel?.close();
    this.#channel = null;
    this.#onSubmitted(null);
  }

  readonly #onLoad = () => {
    if (!this.#origin) return;
    this.#channel?.close();
    this.#onSubmitted(null); // The document that was submitting is gone.
    this.#channel = connect(this.iframe, this.#origin, this.#onMessage);
    this.#listener.onConnected();
  };

  readonly #onMessage = (message: FromFrame) => {
    clearTimeout(this.#loadTimer);
    this.#setFailed(false);
    if (message.type === 'resize') {
      Object.assign(this.iframe.style, { blockSize: `${Math.min(message.height, maxHeight)}px`, background: 'none' });
    } else if (message.type === 'sent') this.#onSubmitted(message.problem);
    else this.#listener.onMessage(message);
  };

  #setFailed(failed: boolean): void {
    const changed = this.failed !== failed;
    this.failed = failed;
    this.iframe.style.display = failed ? 'none' : 'block';
    if (changed) this.#listener.onChange();
  }
}
