/**
 * A part of the widget has a text for screen readers. `<pay-desk>` owns the live regions; the event does not leave the shadow
 * root.
 */
export class AnnounceEvent extends Event {
  readonly text: string;
  /** Interrupts what is being read. */
  readonly urgent: boolean;
  constructor(text: string, urgent = false) {
    super('announce', { bubbles: true });
    this.text = text;
    this.urgent = urgent;
  }
}
