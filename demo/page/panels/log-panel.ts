/** The live log: what the widget, the BFF, the services behind it and the shop’s webhook did, newest first; to be filtered, and copied into a report. */
import { html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { LogEntry } from '../live-log.ts';
import { QaPanel } from './qa-panel.ts';

const kinds: [kind: LogEntry['kind'], words: string][] = [
  ['event', 'Events'],
  ['bff', 'BFF'],
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
  @state() private hidden_: ReadonlySet<LogEntry['kind']> = new Set();
  @state() private wanted = '';
  @state() private copied = false;

  protected override render() {
    const shown = this.#shown();
    return html`<section class="panel log" aria-labelledby="log-title">
      <div class="head">
        <h2 id="log-title">Live log</h2>
        <div class="chips">
          <button class="chip" @click=${this.#copy}>${this.copied ? 'Copied' : 'Copy'}</button>
          <button class="chip" @click=${() => this.ask({ do: 'clear-log' })}>Clear</button>
        </div>
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
        <input class="search" type="search" aria-label="Only lines with" placeholder="Only lines with…" autocomplete="off"
          @input=${this.#search} />
      </div>
      <ol tabindex="0" aria-label="Log entries">
        ${shown.map(
          ({ at, kind, text, outcome, ok }) => html`<li data-kind=${kind} ?data-bad=${!ok}>
            <time>${at.toLocaleTimeString('en-GB')}</time><span class="what">${text}</span><span class="outcome">${outcome}</span>
          </li>`,
        )}
      </ol>
      ${shown.length ? null : html`<p class="muted small">${this.entries.length ? 'Nothing of the kind.' : 'Nothing yet.'}</p>`}
    </section>`;
  }

  #shown(): LogEntry[] {
    return this.entries.filter(
      ({ kind, text, outcome }) => !this.hidden_.has(kind) && `${text} ${outcome}`.toLowerCase().includes(this.wanted),
    );
  }

  #search = (event: Event) => {
    this.wanted = (event.target as HTMLInputElement).value.trim().toLowerCase();
  };

  /** What is shown, oldest first, as one would read it. */
  #copy = async () => {
    const lines = this.#shown().map(({ at, kind, text, outcome }) => [at.toISOString(), kind, text, outcome].join('\t'));
    await navigator.clipboard.writeText(lines.reverse().join('\n'));
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
