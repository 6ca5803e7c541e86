/**
 * The operator's console: who is signed in, the way between the pages, and the announcements of all of them.
 * @element operator-console
 */
import { html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { OperatorView } from '#contract/operate';
import type { OperatorClient } from './operator-client.ts';
import type { SignInEvent } from './pages/sign-in.ts';
import type { AnnounceEvent } from './parts/element.ts';
import './pages/books-page.ts';
import './pages/health-page.ts';
import './pages/payment-page.ts';
import './pages/postbacks-page.ts';
import './pages/queue-page.ts';
import './pages/search-page.ts';
import './pages/sign-in.ts';
import './pages/webhooks-page.ts';
import { addressOf, type PageName, pages, type Route, readRoute } from './route.ts';

const titles: Record<PageName, string> = {
  queue: 'Queue',
  payments: 'Payments',
  webhooks: 'Webhooks',
  postbacks: 'Postbacks',
  books: 'Books',
  health: 'Health',
};

@customElement('operator-console')
export class OperatorConsole extends LitElement {
  @state() private session: { client: OperatorClient; me: OperatorView } | null = null;
  /** The server stopped accepting the key. The page stays behind the sign-in, with what was typed. */
  @state() private refused = false;
  @state() private route: Route = readRoute(location.hash);
  @state() private message = '';

  /** The next page that opens is the search, by its key. */
  #searchNext = false;

  protected override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.replaceChildren();
    addEventListener('hashchange', this.#go);
    addEventListener('keydown', this.#press);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#go);
    removeEventListener('keydown', this.#press);
  }

  protected override willUpdate(): void {
    document.title = this.session && !this.refused ? `${titles[this.route.page]} · Pay Desk operator` : 'Pay Desk operator';
  }

  protected override render() {
    const isIn = this.session !== null && !this.refused;
    return html`${
      isIn ? nothing : html`<sign-in .refused=${this.refused} .onUnauthorized=${this.#lose} @sign-in=${this.#enter}></sign-in>`
    }
      ${
        this.session &&
        html`<div class="frame" ?hidden=${!isIn} @announce=${(event: AnnounceEvent) => this.#announce(event.words)}>
          ${this.#renderHead(this.session.me)}
          <main id="main">${this.#renderPage(this.session)}</main>
        </div>`
      }
      <p class="unseen" role="status">${this.message}</p>`;
  }

  #renderHead({ name, role }: OperatorView) {
    return html`<a class="skip" href="#main" @click=${this.#skip}>Skip to the content</a>
      <header class="head">
        <p class="brand"><span class="mark" aria-hidden="true"></span>Pay Desk <span class="muted">operator</span></p>
        <nav aria-label="Pages">
          ${pages.map((page) => html`<a href=${addressOf(page)} aria-current=${this.route.page === page ? 'page' : 'false'}>${titles[page]}</a>`)}
        </nav>
        <p class="me"><span class="name">${name}</span> <span class="role">${role === 'act' ? 'may act' : 'may read'}</span></p>
        <button class="button sign-out" type="button" @click=${this.#leave}>Sign out</button>
      </header>`;
  }

  #renderPage({ client, me }: { client: OperatorClient; me: OperatorView }) {
    const { route } = this;
    switch (route.page) {
      case 'queue':
        return html`<queue-page .client=${client} .me=${me} .route=${route}></queue-page>`;
      case 'payments':
        return route.id
          ? html`<payment-page .client=${client} .me=${me} .route=${route}></payment-page>`
          : html`<search-page .client=${client} .me=${me} .route=${route}></search-page>`;
      case 'webhooks':
        return html`<webhooks-page .client=${client} .me=${me} .route=${route}></webhooks-page>`;
      case 'postbacks':
        return html`<postbacks-page .client=${client} .me=${me} .route=${route}></postbacks-page>`;
      case 'books':
        return html`<books-page .client=${client} .me=${me} .route=${route}></books-page>`;
      case 'health':
        return html`<health-page .client=${client} .me=${me} .route=${route}></health-page>`;
    }
  }

  readonly #enter = ({ client, me }: SignInEvent) => {
    // Somebody else must not find what was typed by whoever was here before.
    if (this.session?.me.name !== me.name || this.session.me.person !== me.person) this.session = null;
    void this.updateComplete.then(async () => {
      this.session = { client, me };
      this.refused = false;
      this.#announce(`Signed in as ${me.person ?? me.name}`);
      await this.updateComplete;
      this.#focusHeading();
    });
  };

  readonly #leave = () => {
    this.session = null;
    this.refused = false;
    this.#announce('Signed out');
  };

  readonly #lose = () => {
    this.refused = true;
  };

  readonly #go = async () => {
    const before = this.route;
    this.route = readRoute(location.hash);
    if (before.page === this.route.page && before.id === this.route.id) return;
    await this.updateComplete;
    scrollTo(0, 0);
    await new Promise(requestAnimationFrame);
    if (!this.#searchNext || !this.#focusSearch()) this.#focusHeading();
    this.#searchNext = false;
  };

  readonly #skip = (event: Event) => {
    event.preventDefault();
    this.#focusHeading();
  };

  /** `/` begins a search from everywhere but a field. */
  readonly #press = (event: KeyboardEvent) => {
    const { target } = event;
    const isTyping = target instanceof HTMLElement && target.matches('input, textarea, select');
    if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey || !this.session || this.refused) return;
    event.preventDefault();
    if (this.#focusSearch()) return;
    this.#searchNext = true;
    location.hash = addressOf('payments');
  };

  #focusSearch(): boolean {
    const field = this.querySelector<HTMLInputElement>('search-page input[type=search]');
    field?.select();
    field?.focus();
    return field !== null;
  }

  #focusHeading(): void {
    this.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
  }

  #announce(words: string): void {
    // The same words twice are read out twice only if the text changes.
    this.message = this.message === words ? `${words}\u00a0` : words;
  }
}
