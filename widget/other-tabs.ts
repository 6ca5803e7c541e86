/** What the tabs of one browser tell each other of one payment: how new their view is, and who is paying. Never a code or a key. */
export interface TabNews {
  version: number;
  /** A click is on its way there. */
  busy: boolean;
}

/** News may come from any script of the shop: it is a reason to ask the BFF, never a truth. */
export class OtherTabs {
  readonly #hear: (news: TabNews) => void;
  #channel: BroadcastChannel | null = null;

  constructor(hear: (news: TabNews) => void) {
    this.#hear = hear;
  }

  join(paymentId: string): void {
    const name = `pay-desk:${paymentId}`;
    if (this.#channel?.name === name) return;
    this.leave();
    try {
      this.#channel = new BroadcastChannel(name);
      this.#channel.onmessage = ({ data }) => this.#hear({ version: Number(data?.version), busy: data?.busy === true });
    } catch {
      // forbidden in some frames: there each tab asks for itself when it is shown
    }
  }

  tell(news: TabNews): void {
    this.#channel?.postMessage(news);
  }

  leave(): void {
    this.#channel?.close();
    this.#channel = null;
  }
}
