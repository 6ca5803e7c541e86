/** All states that a customer can meet, in groups to open and to search: a click makes a payment and brings it there. */
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { rememberedState, rememberState } from '../remembered-state.ts';
import { customerStates, findState, groupOf } from '../states/customer-states.ts';
import type { CustomerState } from '../states/state.ts';
import { QaPanel } from './qa-panel.ts';

/**
 * @element qa-states-panel
 * @fires {QaActionEvent} qa-action
 */
@customElement('qa-states-panel')
export class StatesPanel extends QaPanel {
  /** Id of the state that is shown; empty where something else was done since. */
  @property({ attribute: false }) shown = '';
  /** The payment is being brought there. */
  @property({ attribute: false }) busy = false;
  /** The one group that is open, by its words. */
  @state() private opened = '';
  @state() private wanted = '';
  /** Id of the state that was shown last, also when the page was open before. */
  @state() private last = rememberedState();
  @query('input[type=search]') private readonly field!: HTMLInputElement | null;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.#onPageKey);
    this.addEventListener('keydown', this.#walk);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#onPageKey);
    this.removeEventListener('keydown', this.#walk);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('shown') && this.shown) {
      this.last = this.shown;
      rememberState(this.shown);
      this.opened = groupOf(this.shown);
    } else if (!this.hasUpdated) this.opened = groupOf(this.last);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('shown') && this.shown) this.querySelector('[aria-current=true]')?.scrollIntoView({ block: 'nearest' });
  }

  protected override render() {
    const groups = customerStates.map(([words, states]) => [words, states.filter(this.#matches(words))] as const);
    const found = groups.reduce((sum, [, states]) => sum + states.length, 0);
    return html`<section class="states" aria-labelledby="states-title">
      <div class="states-head">
        <h2 id="states-title">States</h2>
        <input class="search" type="search" aria-label="Search the states" aria-keyshortcuts="/" placeholder="Search…  /"
          autocomplete="off" .value=${this.wanted} @input=${this.#search} @keydown=${this.#onSearchKey} />
        <p class="muted small" role="status">${this.wanted ? `${found} of ${customerStates.flatMap(([, all]) => all).length}` : nothing}</p>
      </div>
      <nav class="groups" aria-label="Groups of states">${groups.map(([words]) => this.#tab(words))}</nav>
      <div class="list">${groups.map(([words, states]) => this.#group(words, states))}</div>
      <p class="muted small hint">
        A click resets clocks, services and connection, then makes a payment and brings it to this state. ↑ ↓ walk the states.
        <b class="means" data-means="simulated">simulated</b>: only what the checkout receives is changed.
      </p>
    </section>`;
  }

  /** On a small screen a group is opened from the foot of the page, with the sheet of controls. */
  #tab(words: string) {
    return html`<button class="chip" aria-expanded=${this.opened === words} @click=${() => this.#openInSheet(words)}>${words}</button>`;
  }

  #group(words: string, states: CustomerState[]) {
    if (states.length === 0) return nothing;
    return html`<details ?open=${this.wanted !== '' || this.opened === words}>
      <summary @click=${(event: Event) => this.#toggle(event, words)}>${words} <span class="count">${states.length}</span></summary>
      <ul>${states.map((each) => html`<li>${this.#row(each)}</li>`)}</ul>
    </details>`;
  }

  #row({ id, words, means }: CustomerState) {
    const current = this.shown === id;
    return html`<button
      class="state"
      aria-current=${current ? 'true' : 'false'}
      aria-busy=${current && this.busy ? 'true' : 'false'}
      ?data-last=${this.last === id}
      @click=${() => this.request({ do: 'show', state: id })}
    >
      ${words}${means === 'real' ? null : html` <span class="means" data-means=${means}>${means}</span>`}
    </button>`;
  }

  #matches(group: string): (each: CustomerState) => boolean {
    const parts = this.wanted.toLowerCase().split(/\s+/);
    return ({ id, words }) => parts.every((part) => `${group} ${words} ${id}`.toLowerCase().includes(part));
  }

  #search = (event: Event) => {
    this.wanted = (event.target as HTMLInputElement).value;
  };

  /** One group is open at a time, so that the list stays short. */
  #toggle(event: Event, words: string): void {
    // A `<details>` that toggled by itself would not know of the others.
    event.preventDefault();
    this.opened = this.opened === words ? '' : words;
  }

  #openInSheet(words: string): void {
    this.opened = words;
    this.wanted = '';
    this.request({ do: 'open-controls', open: true });
    void this.updateComplete.then(() => this.querySelector('details[open]')?.scrollIntoView({ block: 'nearest' }));
  }

  #onPageKey = (event: KeyboardEvent) => {
    const typing =
      event.target instanceof Element && event.target.matches('input:not([type=radio], [type=checkbox]), select, textarea');
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.request({ do: 'open-controls', open: true });
    this.field?.focus();
    this.field?.select();
  };

  #onSearchKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') this.querySelector<HTMLButtonElement>('.state')?.click();
    if (event.key === 'Escape') this.wanted = '';
  };

  /** Arrow keys go through what is to be seen: the search, the groups, the states of the open ones. */
  #walk = (event: KeyboardEvent) => {
    const places = [...this.querySelectorAll<HTMLElement>('input, summary, details[open] .state')];
    const at = places.indexOf(event.target as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
    const place = at >= 0 && to !== undefined ? places[to] : undefined;
    if (!place) return;
    event.preventDefault();
    place.focus();
  };
}

/**
 * The name of the state that is shown, and the way to its neighbours.
 * @element qa-state-walker
 * @fires {QaActionEvent} qa-action
 */
@customElement('qa-state-walker')
export class StateWalker extends QaPanel {
  @property({ attribute: false }) shown = '';
  @property({ attribute: false }) busy = false;

  protected override render() {
    const shown = findState(this.shown);
    return html`<div class="walker">
      ${this.#step(-1, '‹', 'Previous state')}
      <p aria-busy=${this.busy}><span class="muted">${shown ? groupOf(shown.id) : 'A payment'}</span>
        <b>${shown?.words ?? 'of your own'}</b></p>
      ${this.#step(1, '›', 'Next state')}
    </div>`;
  }

  #step(by: number, sign: string, words: string) {
    const all = customerStates.flatMap(([, states]) => states);
    const at = all.findIndex(({ id }) => id === this.shown);
    // Without a state on show, the walk begins at one of the ends.
    const to = all.at(at < 0 ? Math.min(by, 0) : (at + by) % all.length);
    return html`<button class="step" aria-label=${words} title=${`${words}: ${to?.words}`} ?disabled=${this.busy}
      @click=${() => to && this.request({ do: 'show', state: to.id })}>${sign}</button>`;
  }
}
