/**
 * What else the form of a pay code offers: get a code by SMS, pay by sending an SMS, and the question about a code that is worth
 * too much. It belongs to the chunk of the later screens; until that arrives the form works without it.
 * @element pay-code-options
 * @fires {ActionEvent} action - The customer wants to see what to send by SMS.
 */
import { html, LitElement, nothing, svg } from 'lit';
import { define } from '../../parts/elements.ts';
import { icon } from '../../parts/page.ts';
import { adoptStyles } from '../adopt-styles.ts';
import { excessConsent, needsExcessConsent } from '../excess-consent.ts';
import type { MethodFormProps, ProblemTexts } from '../method-form.ts';
import { ActionEvent } from '../method-form.ts';

export class CodeOptions extends LitElement {
  static override properties = { context: { attribute: false } };

  context!: MethodFormProps;

  /** Rendered into the tree around it, for its styles and CSS parts. */
  protected override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyles(this.getRootNode());
  }

  protected override render() {
    const { action, language, disabled, busy } = this.context;
    const texts = language.whole?.sms;
    const needsConsent = needsExcessConsent(this.context);
    const { canBuyBySms: sms = false, canPayBySms: reversed = false } = action.kind === 'enter_code' ? action : {};
    this.hidden = !texts || !(needsConsent || sms || reversed);
    if (!texts) return nothing;
    if (sms || reversed) preloadSmsForm();
    if (needsConsent) return excessConsent(this.context, texts);
    const option = (path: string, label: string, note: string) => html`<button
      part="secondary"
      class="offer"
      type="button"
      ?disabled=${disabled}
      aria-disabled=${busy}
      @click=${() => this.#start(path, texts.asking)}
    >
      <span class="way">${label} <small>${note}</small></span>${icon(forward)}
    </button>`;
    return html`<p class="label">${texts.haveNone}</p>
      <div class="methods offers">${sms ? option('sms-code/start', texts.get, texts.getNote) : nothing}${reversed ? option('reversed-sms/start', texts.pay, texts.payNote) : nothing}</div>
      <p class="note">${texts.billed}</p>`;
  }

  #start(path: string, busyText: string): void {
    const { view, draft } = this.context;
    const acknowledge = view.nextAction.kind === 'confirm';
    const start: ActionEvent['send'] = async (client, key, signal) => {
      const answer = await client.post(path, acknowledge ? { acknowledge } : {}, key, signal);
      // What was typed before is not the code that the SMS will bring.
      if (answer.ok) draft.code = '';
      return answer;
    };
    this.dispatchEvent(new ActionEvent(path, start, busyText));
  }
}

/** What the form of a pay code shows for problems that these options deal with. */
export function codeProblemTexts(context: MethodFormProps): ProblemTexts | undefined {
  const { sms } = context.language.whole ?? {};
  if (!sms) return undefined;
  // Wrong codes have a time when the next may be tried. Without one it was the limit of SMS that was reached.
  if (context.problem?.code === 'too_many_attempts' && !context.problem.retryAt) return { too_many_attempts: sms.enough };
  return needsExcessConsent(context) ? { code_value_too_high: sms.excess } : undefined;
}

/** Fetches the form that a click leads to. If it does not arrive, DeferredScreens goes on trying after the click. */
const preloadSmsForm = () => void import('../sms/sms-form.ts').catch(() => {});

/** Drawn here too: sharing it would make the first download larger. */
const forward = svg`<path d="m9.5 6.5 5.5 5.5-5.5 5.5"/>`;

define('pay-code-options', CodeOptions);
