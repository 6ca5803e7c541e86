/** A part has something to say aloud; the desk owns the voices, a polite one and an urgent one. Does not leave the desk. */
export class AnnounceEvent extends Event {
  readonly text: string;
  readonly urgent: boolean;
  constructor(text: string, urgent = false) {
    super('say', { bubbles: true });
    this.text = text;
    this.urgent = urgent;
  }
}
