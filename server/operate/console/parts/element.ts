/** The base of the console's elements. They render without a shadow root, so that one style sheet covers the page. */
import { html, LitElement, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { OperatorView } from '#contract/operate';
import { type Failure, textOf } from '../failure.ts';
import { moment } from '../format.ts';
import type { OperatorClient } from '../operator-client.ts';
import type { Route } from '../route.ts';
import type { Tone } from '../words.ts';

export class ConsoleElement extends LitElement {
  @property({ attribute: false }) client!: OperatorClient;
  /** Who is signed in. */
  @property({ attribute: false }) me!: OperatorView;

  protected override createRenderRoot(): this {
    return this;
  }

  /** Has it read out when nothing else is. */
  protected announce(words: string): void {
    this.dispatchEvent(new AnnounceEvent(words));
  }
}

/** A page. It is kept while only the query of its address changes. */
export class ConsolePage extends ConsoleElement {
  @property({ attribute: false }) route!: Route;
}

/** For a form that goes away: whoever works with keys is again where they opened it, and not at the beginning of the page. */
export class FocusBack implements ReactiveController {
  #opener: Element | null = null;

  constructor(host: LitElement) {
    host.addController(this);
  }

  hostConnected(): void {
    this.#opener = document.activeElement;
  }

  hostDisconnected(): void {
    if (document.activeElement && document.activeElement !== document.body) return;
    if (this.#opener instanceof HTMLElement && this.#opener.isConnected) this.#opener.focus();
  }
}

export class AnnounceEvent extends Event {
  readonly words: string;

  constructor(words: string) {
    super('announce', { bubbles: true, composed: true });
    this.words = words;
  }
}

/** A time in the local zone, and in UTC under the pointer. */
export const time = (iso: string, zone: 'local' | 'utc' = 'local'): TemplateResult =>
  html`<time datetime=${iso} title=${`${moment(iso, 'utc')} UTC`}>${moment(iso, zone)}</time>`;

export const pill = ({ words, tone }: { words: string; tone: Tone }): TemplateResult =>
  html`<span class="pill" data-tone=${tone}>${words}</span>`;

/** Says that the last reading failed. What was read before stays on the page. */
export const failureNotice = (failure: Failure | null, retry: () => void): TemplateResult | typeof nothing =>
  failure && failure.kind !== 'unauthorized'
    ? html`<div class="notice" data-tone="bad" role="alert">
        <p>${textOf(failure)}</p>
        <button class="button" type="button" @click=${retry}>Try again</button>
      </div>`
    : nothing;

/** In the place of a list that is being read for the first time. */
export const bones = (rows = 4): TemplateResult =>
  html`<div class="bones" aria-hidden="true">${Array.from({ length: rows }, () => html`<span></span>`)}</div>
    <p class="quiet-status" role="status">Loading…</p>`;

/** The end of a list that goes on. */
export const moreButton = (list: { next: string | null; busy: boolean; more: () => Promise<void> }) =>
  list.next
    ? html`<button class="button more" type="button" ?disabled=${list.busy} @click=${() => void list.more()}>
        ${list.busy ? 'Loading…' : 'Show more'}
      </button>`
    : nothing;
