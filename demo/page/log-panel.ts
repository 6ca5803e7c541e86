/** The live log: what the widget, the BFF, PayCodes and the shop's webhook did, newest first. */
import { html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { LogEntry } from './live-log.ts';
import { QaPanel } from './qa-panel.ts';

const kinds: [kind: LogEntry['kind'], words: string][] = [
  ['event', 'Events'],
  ['bff', 'BFF'],
  ['upstream', 'PayCodes'],
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

  protected override render() {
    const shown = this.entries.filter((entry) => !this.hidden_.has(entry.kind));
    return html`<section class="panel log" aria-labelledby="log-title">
      <div class="head">
        <h2 id="log-title">Live log</h2>
        <button class="chip" @click=${() => this.ask({ do: 'clear-log' })}>Clear</button>
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
      <ol tabindex="0" aria-label="Log entries">
        ${shown.map(
          ({ at, kind, text, outcome, ok }) => html`<li data-kind=${kind} ?data-bad=${!ok}>
            <time>${at.toLocaleTimeString('en-GB')}</time><span class="what">${text}</span><span class="outcome">${outcome}</span>
          </li>`,
        )}
      </ol>
      ${shown.length ? null : html`<p class="muted small">Nothing yet.</p>`}
    </section>`;
  }

  #toggle(kind: LogEntry['kind']): void {
    const hidden = new Set(this.hidden_);
    if (!hidden.delete(kind)) hidden.add(kind);
    this.hidden_ = hidden;
  }
}
