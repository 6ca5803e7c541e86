/**
 * What else can be done with the form of a pay code: get a code by SMS, pay by an SMS; and the question about a code that is worth too much.
 * It comes with the later screens: the form does without it meanwhile.
 * @element pay-code-options
 * @fires {ActEvent} act - The customer wants to see what to send by SMS.
 */
import { html, LitElement, nothing } from 'lit';
import { define } from '../../parts/define.ts';
import { ActionEvent } from '../action-event.ts';
import { excessConsent, needsExcessConsent } from '../excess-consent.ts';
import type { MethodFormProps } from '../method-form.ts';

export class CodeOptions extends LitElement {
  static override properties = { context: { attribute: false } };

  context!: MethodFormProps;

  override connectedCallback(): void {
    super.connectedCallback();
    const form = this.closest('pay-code-form');
    if (form) form.words = (problem) => this.#wordsIn({ ...form.context, problem });
  }

  /** Drawn in the tree of the desk, for its styles and parts. */
  protected override createRenderRoot() {
    return this;
  }

  protected override render() {
    const { action, language, disabled, busy } = this.context;
    const texts = language.whole?.sms;
    const asks = needsExcessConsent(this.context);
    const { sms = false, reversed = false } = action.kind === 'enter_code' ? action : {};
    this.hidden = !texts || !(asks || sms || reversed);
    if (!texts) return nothing;
    if (sms || reversed) foresee();
    if (asks) return excessConsent(this.context, texts);
    const way = (path: string, label: string) => html`<button
      part="secondary"
      class="secondary"
      type="button"
      ?disabled=${disabled}
      aria-disabled=${busy}
      @click=${() => this.#start(path, texts.asking)}
    >
      ${label}
    </button>`;
    return html`${sms ? way('sms-code/start', texts.get) : nothing}${reversed ? way('reversed-sms/start', texts.pay) : nothing}`;
  }

  /** What the form says of a code that the customer is asked about. */
  #wordsIn(context: MethodFormProps) {
    const { sms } = context.language.whole ?? {};
    if (!sms) return undefined;
    // Wrong codes have a time when the next may be tried.
    if (context.problem?.code === 'too_many_attempts' && !context.problem.retryAt) return { too_many_attempts: sms.enough };
    return needsExcessConsent(context) ? { code_value_too_high: sms.excess } : undefined;
  }

  #start(path: string, words: string): void {
    const { view, draft } = this.context;
    const acknowledge = view.nextAction.kind === 'confirm';
    const begin: ActionEvent['send'] = async (client, key, signal) => {
      const answer = await client.post(path, acknowledge ? { acknowledge } : {}, key, signal);
      // What was typed before is not the code that comes back.
      if (answer.ok) draft.code = '';
      return answer;
    };
    this.dispatchEvent(new ActionEvent(path, begin, words));
  }
}

/** The room that a click leads to, so that it is there; where it does not come the desk says so then, and goes on trying. */
const foresee = () => void import('../sms/sms-form.ts').catch(() => {});

define('pay-code-options', CodeOptions);
