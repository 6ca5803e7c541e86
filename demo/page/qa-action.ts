/** What a panel asks the page to do. */
export type QaAction =
  | { do: 'new-payment' }
  /** Brings a fresh payment to the state of this id. */
  | { do: 'show'; state: string }
  | { do: 'cancel' }
  | { do: 'fill'; code: string }
  | { do: 'reset' }
  /** Moves a clock by so much; 0 sets it right. */
  | { do: 'move-bff' | 'move-simulator'; ms: number }
  | { do: 'mishap'; id: string }
  /** Clocks and line as they are in life. */
  | { do: 'set-right' }
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
