/**
 * Acts that wait, or waited, for a second person.
 * @element approval-list
 * @fires {CustomEvent<string>} decided - One was confirmed or rejected; what came of it, in words.
 * @fires closed - Nothing was decided. The server may have said meanwhile that one is out of date.
 */
import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type ActResult, type Approval, maybeSamePerson, operatorActor } from '#contract/operate';
import { lackOf } from '../acts.ts';
import { money } from '../format.ts';
import { personOf, statuses } from '../words.ts';
import { ConsoleElement, pill, time } from './element.ts';
import './note-form.ts';
import type { NoteForm } from './note-form.ts';

type Decision = 'confirm' | 'reject';

@customElement('approval-list')
export class ApprovalList extends ConsoleElement {
  @property({ attribute: false }) approvals: readonly Approval[] = [];
  /** What is being decided about which. */
  @state() private deciding: { id: string; decision: Decision } | null = null;

  protected override render() {
    return html`<h2>Second person</h2>
      <ul class="records">${this.approvals.map((approval) => this.#renderApproval(approval))}</ul>`;
  }

  #renderApproval(approval: Approval) {
    const { summary, amount, currency, status, requestedBy, requestedAt, note, decidedBy, decidedAt } = approval;
    return html`<li>
      <p class="record-line"><b>${money(amount, currency)}</b> ${pill(words[status])}</p>
      <p>${summary}</p>
      <p class="record-meta">${time(requestedAt)} · ${personOf(requestedBy)}</p>
      <p class="quote">${note}</p>
      ${decidedBy && decidedAt ? html`<p class="record-meta">${time(decidedAt)} · ${personOf(decidedBy)}</p>` : nothing}
      ${
        status === 'outdated'
          ? html`<p class="hint">It was not done: the payment has changed since ${personOf(requestedBy)} asked for this. If it is still right, ask for it again below.</p>`
          : nothing
      }
      ${status === 'pending' ? this.#renderChoice(approval) : nothing}
    </li>`;
  }

  #renderChoice({ id, requestedBy, act }: Approval) {
    const isOwn = maybeSamePerson(requestedBy, operatorActor(this.me.name, this.me.person));
    const lack = lackOf(this.me, act === 'refund' ? 'refund' : 'match');
    if (lack) return html`<p class="hint">${lack}</p>`;
    const deciding = this.deciding?.id === id ? this.deciding.decision : null;
    const open = (decision: Decision) => {
      this.deciding = deciding === decision ? null : { id, decision };
    };
    return html`${isOwn ? html`<p class="hint">You asked for this, so another operator has to confirm it. You can withdraw it.</p>` : nothing}
      <div class="buttons">
        ${isOwn ? nothing : html`<button class="button" type="button" aria-expanded=${deciding === 'confirm'} @click=${() => open('confirm')}>Confirm…</button>`}
        <button class="button" type="button" aria-expanded=${deciding === 'reject'} @click=${() => open('reject')}>${isOwn ? 'Withdraw…' : 'Reject…'}</button>
      </div>
      ${deciding ? this.#renderForm(id, deciding, isOwn) : nothing}`;
  }

  #renderForm(id: string, decision: Decision, isOwn: boolean) {
    const title = decision === 'confirm' ? 'Confirm' : isOwn ? 'Withdraw' : 'Reject';
    return html`<note-form .title=${title} .consequence=${decision === 'confirm' ? 'What is written above is done at once.' : 'It is not done. It can be asked for again.'}
      .send=${(note: string, key: string) => this.client.decideApproval(id, decision, note, key)}
      @done=${({ target }: Event) => this.#finish(decision, (target as NoteForm).answer as ActResult)}
      @close=${this.#close}></note-form>`;
  }

  readonly #close = () => {
    this.deciding = null;
    this.dispatchEvent(new Event('closed'));
  };

  #finish(decision: Decision, { payment }: ActResult): void {
    this.deciding = null;
    const now = `The payment is now: ${statuses[payment.status].words.toLowerCase()}.`;
    this.dispatchEvent(
      new CustomEvent('decided', { detail: `${decision === 'confirm' ? 'Confirmed and done.' : 'Not done.'} ${now}` }),
    );
  }
}

const words = {
  pending: { words: 'Waits for a second person', tone: 'warn' },
  confirmed: { words: 'Confirmed', tone: 'good' },
  rejected: { words: 'Rejected', tone: 'quiet' },
  outdated: { words: 'Out of date', tone: 'quiet' },
} as const;
