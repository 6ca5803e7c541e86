/**
 * Asks for the operator's key.
 * @element sign-in
 * @fires {SignInEvent} sign-in
 */
import { html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { OperatorView } from '#contract/operate';
import { type Failure, failureOf, textOf } from '../failure.ts';
import { createClient, type OperatorClient } from '../operator-client.ts';
import { ConsoleElement } from '../parts/element.ts';

export class SignInEvent extends Event {
  readonly client: OperatorClient;
  readonly me: OperatorView;

  constructor(client: OperatorClient, me: OperatorView) {
    super('sign-in');
    this.client = client;
    this.me = me;
  }
}

@customElement('sign-in')
export class SignIn extends ConsoleElement {
  /** The server stopped accepting the key of whoever was signed in. */
  @property({ attribute: false }) refused = false;
  /** What the client calls when the server stops accepting the key. */
  @property({ attribute: false }) onUnauthorized: () => void = () => {};
  @state() private wrong = '';
  @state() private busy = false;
  @query('#key') private readonly field!: HTMLInputElement;

  protected override firstUpdated(): void {
    this.field.focus();
  }

  protected override render() {
    const note = this.wrong ? 'key-wrong' : 'key-hint';
    return html`<main class="sign-in">
      <form @submit=${this.#submit} novalidate>
        <h1 tabindex="-1">Pay Desk <span class="muted">operator</span></h1>
        ${this.refused ? html`<p class="notice" data-tone="warn">Your key is not accepted any more. Sign in again; what you typed is kept.</p>` : nothing}
        <label for="key">Your key</label>
        <input id="key" type="password" autocomplete="off" autocapitalize="none" spellcheck="false" placeholder="op_…"
          aria-invalid=${this.wrong ? 'true' : 'false'} aria-describedby=${note} @input=${() => (this.wrong = '')} />
        ${
          this.wrong
            ? html`<p class="wrong" id="key-wrong" role="alert">${this.wrong}</p>`
            : html`<p class="hint" id="key-hint">It begins with op_. It stays in this page's memory only, so after a reload you sign in again.</p>`
        }
        <button class="button primary" ?disabled=${this.busy}>${this.busy ? 'Signing in…' : 'Sign in'}</button>
      </form>
    </main>`;
  }

  readonly #submit = async (event: Event) => {
    event.preventDefault();
    const key = this.field.value.trim();
    this.wrong = mistakeOf(key);
    if (!this.wrong) {
      this.busy = true;
      // A refused key is said here, and has nobody to sign out.
      let signedIn = false;
      const client = createClient(key, () => {
        if (signedIn) this.onUnauthorized();
      });
      try {
        const me = await client.me();
        signedIn = true;
        this.field.value = '';
        this.dispatchEvent(new SignInEvent(client, me));
      } catch (error) {
        this.wrong = sentenceOf(failureOf(error));
      }
      this.busy = false;
    }
    if (this.wrong) this.field.focus();
  };
}

function mistakeOf(key: string): string {
  if (!key) return 'Paste your key first.';
  return /^op_[\x21-\x7e]+$/.test(key) ? '' : 'This is not an operator’s key: it begins with op_ and has no spaces.';
}

function sentenceOf(failure: Failure): string {
  if (failure.kind === 'unauthorized') return 'The server does not know this key, or it has expired.';
  if (failure.kind === 'network') return 'No answer from the server. Check the connection and try again.';
  return textOf(failure);
}
