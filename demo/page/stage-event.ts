/** The checkout in one of the stage's frames fired an event. */
import type { SeenEvent } from './watch-events.ts';

export class StageEvent extends Event {
  readonly seen: SeenEvent;
  readonly size: 'phone' | 'wide';
  constructor(seen: SeenEvent, size: 'phone' | 'wide') {
    super('qa-stage-event', { bubbles: true });
    this.seen = seen;
    this.size = size;
  }
}

declare global {
  interface HTMLElementEventMap {
    'qa-stage-event': StageEvent;
  }
}
