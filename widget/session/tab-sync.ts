/**
 * Keeps the browser tabs that show the same payment in step: each sends the others the version of its view, and whether it is
 * sending. Messages carry no code and no key. Any script of the shop can send them, so a message is only a reason to ask the BFF,
 * never the truth. A tab that joins asks the others and tells its version, because this module arrives late, with the later screens:
 * either tab may have missed what the other has done.
 */
export interface TabMessage {
  /** Version of the sender's view. */
  version: number;
  /** A request of the customer is running in the sender's tab. */
  busy: boolean;
}

/** A busy tab that is silent for so long has probably been closed. */
const silenceMs = 20_000;

export class TabSync {
  /** A request of the customer is running in another tab. */
  busy = false;
  readonly #onUpdate: (version: number) => void;
  #channel: BroadcastChannel | null = null;
  #lastSent: TabMessage = { version: 0, busy: false };
  #silence: ReturnType<typeof setTimeout> | undefined;

  /** @param onUpdate Called with the version of another tab's view. */
  constructor(onUpdate: (version: number) => void) {
    this.#onUpdate = onUpdate;
  }

  /** @param version Of the view that this tab shows. */
  join(paymentId: string, version: number): void {
    const name = `pay-desk:${paymentId}`;
    if (this.#channel?.name === name) return;
    this.leave();
    try {
      this.#channel = new BroadcastChannel(name);
      this.#channel.onmessage = ({ data }) => this.#onMessage(data);
      this.#lastSent = { version, busy: false };
      this.#channel.postMessage({ asks: true, version });
    } catch {
      // Some frames forbid channels. There each tab asks the BFF when it is shown.
    }
  }

  send(message: TabMessage): void {
    this.#lastSent = message;
    this.#channel?.postMessage(message);
  }

  leave(): void {
    this.#channel?.close();
    this.#channel = null;
    this.#reset();
  }

  #onMessage(data: Partial<TabMessage & { asks: boolean }> | null): void {
    const version = Number(data?.version);
    if (data?.asks !== true) this.#apply({ version, busy: data?.busy === true });
    else if (this.#lastSent.busy || this.#lastSent.version > version) this.send(this.#lastSent);
    else this.#onUpdate(version);
  }

  #apply({ version, busy }: TabMessage): void {
    this.#reset();
    this.busy = busy;
    // If that tab was closed, what it did must be read from the BFF.
    if (busy) this.#silence = setTimeout(() => this.#apply({ version: version + 1, busy: false }), silenceMs);
    this.#onUpdate(version);
  }

  #reset(): void {
    this.busy = false;
    clearTimeout(this.#silence);
  }
}
