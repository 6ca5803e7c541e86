/**
 * What the tabs of one browser tell each other of one payment: how new their view is, and who is paying. Never a code or a key. News may
 * come from any script of the shop: it is a reason to ask the BFF, never a truth. It comes with the later screens, so whoever joins asks.
 */
export interface TabMessage {
  version: number;
  /** A click is on its way there. */
  busy: boolean;
}

export class TabSync {
  /** A click is on its way in another tab. */
  busy = false;
  readonly #hear: (version: number) => void;
  #channel: BroadcastChannel | null = null;
  #told: TabMessage | null = null;
  #end: ReturnType<typeof setTimeout> | undefined;

  /** `hear` is told how new the view of another tab is. */
  constructor(hear: (version: number) => void) {
    this.#hear = hear;
  }

  join(paymentId: string): void {
    const name = `pay-desk:${paymentId}`;
    if (this.#channel?.name === name) return;
    this.leave();
    try {
      this.#channel = new BroadcastChannel(name);
      this.#channel.onmessage = ({ data }) => this.#onMessage(data);
      this.#channel.postMessage({ asks: true });
    } catch {
      // forbidden in some frames: there each tab asks for itself when it is shown
    }
  }

  tell(news: TabMessage): void {
    this.#told = news;
    this.#channel?.postMessage(news);
  }

  leave(): void {
    this.#channel?.close();
    this.#channel = null;
    this.#onEnd();
  }

  #onMessage(data: Partial<TabMessage & { asks: boolean }> | null): void {
    if (data?.asks !== true) this.#onNews({ version: Number(data?.version), busy: data?.busy === true });
    else if (this.#told?.busy) this.tell(this.#told);
  }

  #onNews({ version, busy }: TabMessage): void {
    this.#onEnd();
    this.busy = busy;
    // That tab may have been closed: what it did is asked for then.
    if (busy) this.#end = setTimeout(() => this.#onNews({ version: version + 1, busy: false }), 20_000);
    this.#hear(version);
  }

  #onEnd(): void {
    this.busy = false;
    clearTimeout(this.#end);
  }
}
