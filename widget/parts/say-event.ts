/** A part has something to say aloud, politely; the desk owns the one voice. Does not leave the desk. */
export class SayEvent extends Event {
  readonly text: string;
  constructor(text: string) {
    super('say', { bubbles: true });
    this.text = text;
  }
}
