/** The head of the page: where everything is, and the demo's keys. */
import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { QaPanel } from './panels/qa-panel.ts';
import type { QaConfig } from './qa-api.ts';

/** @element qa-page-head */
@customElement('qa-page-head')
export class PageHead extends QaPanel {
  @property({ attribute: false }) config: QaConfig | null = null;

  protected override render() {
    const { config } = this;
    return html`<header class="head-bar">
      <h1>Pay Desk <span class="muted">QA</span></h1>
      ${
        config &&
        html`<nav aria-label="Parts of the demo">
          <a href="/shop">Shop</a>
          <a href=${`${config.bffUrl}/docs`}>API docs</a>
          <a href=${`${config.bffUrl}/metrics`}>Metrics</a>
          <a href=${`${config.paycodesUrl}/_/ledger`}>PayCodes ledger</a>
          <a href=${`${config.paykassmaUrl}/_/ledger`}>Paykassma ledger</a>
          <a href=${`${config.paymeUrl}/_/ledger`}>Payme ledger</a>
        </nav>
        <details>
          <summary>Keys</summary>
          <dl>
            <div><dt>API key</dt><dd><code>${config.apiKey}</code></dd></div>
            <div><dt>Webhook secret</dt><dd><code>${config.webhookSecret}</code></dd></div>
          </dl>
          <p class="muted small">Known to all, so worth nothing: the BFF refuses them outside this demo.</p>
        </details>`
      }
    </header>`;
  }
}
