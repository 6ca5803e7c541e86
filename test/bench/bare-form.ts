/** The least that a checkout by Lit could be: a label, a field and a button. What the widget is compared with. */
import { css, html, LitElement } from 'lit';

class BareForm extends LitElement {
  static override styles = css`
    :host { display: block; max-inline-size: 400px; font: 16px/1.5 system-ui, sans-serif; }
    label, input, button { display: block; inline-size: 100%; box-sizing: border-box; }
    input, button { padding: 12px; margin-block: 8px; font: inherit; }
  `;

  override render() {
    return html`<h1>25.00 PLN</h1>
      <label for="code">Pay code</label>
      <input id="code" autocomplete="off" />
      <button @click=${() => this.dispatchEvent(new Event('pay'))}>Pay 25.00 PLN</button>`;
  }
}

customElements.define('bare-form', BareForm);
