/** What a panel asks the page to do. */
import type { Fault } from './qa-client.ts';

export type QaAction =
  /** `lifetime` in seconds; `stranger`: shown with a client secret that opens nothing. */
  | { do: 'new-payment'; lifetime?: number; stranger?: boolean }
  | { do: 'cancel' }
  | { do: 'fill'; code: string }
  | { do: 'reset' }
  | { do: 'advance'; ms: number }
  | { do: 'faults'; faults: Fault[] }
  | { do: 'clear-log' };

export class QaActionEvent extends Event {
  readonly action: QaAction;
  constructor(action: QaAction) {
    super('qa-action', { bubbles: true });
    this.action = action;
  }
}

declare global {
  interface HTMLElementEventMap {
    'qa-action': QaActionEvent;
  }
}
