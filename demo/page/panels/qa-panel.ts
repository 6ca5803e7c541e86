/** The base of the page's panels: drawn in the open, so that one style sheet holds the whole page, and asking by event. */
import { LitElement } from 'lit';
import { type QaAction, QaActionEvent } from '../qa-action.ts';

export class QaPanel extends LitElement {
  protected override createRenderRoot(): this {
    return this;
  }

  protected ask(action: QaAction): void {
    this.dispatchEvent(new QaActionEvent(action));
  }
}
