/**
 * The base of the page's panels. They render without a shadow root, so that one style sheet covers the page, and request actions
 * by event.
 */

import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { QaConfig } from '../qa-api.ts';
import { type QaAction, QaActionEvent } from '../qa-events.ts';

export class QaPanel extends LitElement {
  protected override createRenderRoot(): this {
    return this;
  }

  protected request(action: QaAction): void {
    this.dispatchEvent(new QaActionEvent(action));
  }
}

/**
 * The head of the page: links to the parts of the demo, and its keys.
 * @element qa-page-head
 */
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
          ${config.gallery ? html`<a href="/gallery/">Gallery</a>` : null}
          <a href=${`${config.bffUrl}/docs`}>API docs</a>
          <a href=${`${config.operateUrl}/metrics`}>Metrics</a>
          <a href=${`${config.paycodesUrl}/_/ledger`}>PayCodes ledger</a>
          <a href=${`${config.paykassmaUrl}/_/ledger`}>Paykassma ledger</a>
          <a href=${`${config.paymeUrl}/_/ledger`}>Payme ledger</a>
        </nav>
        <details>
          <summary>Keys</summary>
          <div class="keys"><dl>
            <div><dt>API key</dt><dd><code>${config.apiKey}</code></dd></div>
            <div><dt>Webhook secret</dt><dd><code>${config.webhookSecret}</code></dd></div>
          </dl>
          <p class="muted small">These keys are public, so the BFF refuses them outside this demo.</p></div>
        </details>`
      }
    </header>`;
  }
}

/** A choice of one among a few, as a row of radio buttons. */
export interface Segments<Value extends string> {
  title: string;
  /** The name of the radio buttons, unique on the page. */
  name: string;
  options: readonly (readonly [Value, string])[];
  chosen: Value | undefined;
  choose(value: Value): void;
  /** Language of a value's label, BCP 47. */
  lang?(value: Value): string;
}

export const segments = <Value extends string>({ title, name, options, chosen, choose, lang }: Segments<Value>) =>
  html`<fieldset class="segments">
    <legend>${title}</legend>
    ${options.map(
      ([value, words]) => html`<label>
        <input type="radio" name=${name} .checked=${chosen === value} @change=${() => choose(value)} />
        <span lang=${lang?.(value) ?? 'en'}>${words}</span>
      </label>`,
    )}
  </fieldset>`;
