/** What a panel asks the page to do. */
import type { SecretOnPage } from './qa-api.ts';
import type { Fault } from './qa-client.ts';

export type QaAction =
  /** `lifetime` in seconds. */
  | { do: 'new-payment'; lifetime?: number; secret?: SecretOnPage }
  | { do: 'guess' }
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
