/** The checkout in the stage's frame fired an event. */
import type { SeenEvent } from './watch-events.ts';

export class StageEvent extends Event {
  readonly seen: SeenEvent;
  constructor(seen: SeenEvent) {
    super('qa-stage-event', { bubbles: true });
    this.seen = seen;
  }
}

declare global {
  interface HTMLElementEventMap {
    'qa-stage-event': StageEvent;
  }
}
