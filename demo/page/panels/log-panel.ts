/**
 * The record of what happened, as the live log of everything, newest first, or as the timeline of the payment that was made last.
 * It can be filtered, and copied as text.
 */

import { html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { LogEntry } from '../live-log.ts';
import { type BegunPayment, type Moment, timelineOf, timelineText } from '../timeline.ts';
import { QaPanel, segments } from './qa-panel.ts';
import { timelineList } from './timeline-list.ts';

const kinds: [kind: LogEntry['kind'], words: string][] = [
  ['screen', 'Screens'],
  ['event', 'Events'],
  ['bff', 'HTTP'],
  ['paycodes', 'PayCodes'],
  ['paykassma', 'Paykassma'],
  ['payme', 'Payme'],
  ['webhook', 'Webhooks'],
];

/**
 * @element qa-log-panel
 * @fires {QaActionEvent} qa-action
 */
@customElement('qa-log-panel')
export class LogPanel extends QaPanel {
  /** Newest first. */
  @property({ attribute: false }) entries: readonly LogEntry[] = [];
  @property({ attribute: false }) payment: BegunPayment | null = null;
  /** Of the state that is shown; empty where it is none of the list. */
  @property({ attribute: false }) words = '';
  @state() private view: 'log' | 'timeline' = 'log';
  @state() private hidden_: ReadonlySet<LogEntry['kind']> = new Set();
  @state() private wanted = '';
  @state() private copied = false;

  protected override render() {
    const shown = this.#shown();
    return html`<section class="panel log" aria-labelledby="log-title">
      <div class="head">
        <h2 class="unseen" id="log-title">What happened</h2>
        ${segments({
          title: 'What happened',
          name: 'record',
          options: [
            ['log', 'Live log'],
            ['timeline', 'Timeline'],
          ],
          chosen: this.view,
          choose: (view: 'log' | 'timeline') => {
            this.view = view;
          },
        })}
        <input class="search" type="search" aria-label="Filter the log" placeholder="Filter…" autocomplete="off"
          @input=${this.#search} />
        <button class="chip" @click=${this.#copy}>${this.copied ? 'Copied' : 'Copy'}</button>
        <button class="chip" @click=${() => this.request({ do: 'clear-log' })}>Clear</button>
      </div>
      <div class="chips">
        ${kinds.map(
          ([
            kind,
            words,
          ]) => html`<button class="chip" data-kind=${kind} aria-pressed=${!this.hidden_.has(kind)} @click=${() => this.#toggle(kind)}>
            ${words}
          </button>`,
        )}
      </div>
      ${this.view === 'log' ? this.#list(shown) : timelineList(this.#moments())}
      ${shown.length ? null : html`<p class="muted small">${this.entries.length ? 'No entry matches.' : 'Nothing yet.'}</p>`}
    </section>`;
  }

  #list(shown: readonly LogEntry[]) {
    return html`<ol tabindex="0" aria-label="Log entries">
      ${shown.map(
        ({ at, kind, text, outcome, ok }) => html`<li data-kind=${kind} ?data-bad=${!ok}>
          <time>${at.toLocaleTimeString('en-GB')}</time><span class="what">${text}</span><span class="outcome">${outcome}</span>
        </li>`,
      )}
    </ol>`;
  }

  #moments(): Moment[] {
    return timelineOf(this.#shown(), this.payment);
  }

  #shown(): LogEntry[] {
    return this.entries.filter(
      ({ kind, text, outcome }) => !this.hidden_.has(kind) && `${text} ${outcome}`.toLowerCase().includes(this.wanted),
    );
  }

  #search = (event: Event) => {
    this.wanted = (event.target as HTMLInputElement).value.trim().toLowerCase();
  };

  /** Copies what is shown, oldest first. */
  #copy = async () => {
    const lines = this.#shown().map(({ at, kind, text, outcome }) => [at.toISOString(), kind, text, outcome].join('\t'));
    const timeline = this.view === 'timeline' && this.payment;
    const text = timeline ? timelineText(this.#moments(), timeline, this.words) : lines.reverse().join('\n');
    await navigator.clipboard.writeText(text);
    this.copied = true;
    setTimeout(() => {
      this.copied = false;
    }, 2_000);
  };

  #toggle(kind: LogEntry['kind']): void {
    const hidden = new Set(this.hidden_);
    if (!hidden.delete(kind)) hidden.add(kind);
    this.hidden_ = hidden;
  }
}
