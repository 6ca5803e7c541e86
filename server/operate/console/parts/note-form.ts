/**
 * The second step of a decision that needs no more than a reason: what it does, the note, and the button that does it.
 * @element note-form
 * @fires done - It was done. `answer` of the element has what came back.
 * @fires close - It is not wanted any more.
 */
import { html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { noteMistake } from '../acts.ts';
import { type Failure, failureOf } from '../failure.ts';
import { ConsoleElement, FocusBack } from './element.ts';
import { noteField } from './fields.ts';
import { OneClick, outcomeNotice } from './one-click.ts';

@customElement('note-form')
export class NoteForm extends ConsoleElement {
  /** On the button. */
  @property({ attribute: false }) override title = '';
  /** What will happen. */
  @property({ attribute: false }) consequence = '';
  @property({ attribute: false }) send!: (note: string, idempotencyKey: string) => Promise<unknown>;
  answer: unknown = null;
  @state() private note = '';
  @state() private wrong = '';
  @state() private failure: Failure | null = null;
  @state() private busy = false;
  @query('textarea') private readonly field!: HTMLTextAreaElement;
  readonly #click = new OneClick();

  constructor() {
    super();
    new FocusBack(this);
  }

  protected override firstUpdated(): void {
    this.field.focus();
  }

  protected override render() {
    return html`<form class="decision" @submit=${this.#submit} @keydown=${this.#escape} novalidate>
      <p>${this.consequence}</p>
      ${noteField(this.note, this.wrong, this.#type)} ${this.failure ? outcomeNotice(this.failure) : nothing}
      <div class="buttons">
        <button class="button primary" ?disabled=${this.busy}>${this.busy ? 'Sending…' : `Do it: ${this.title}`}</button>
        <button class="button" type="button" ?disabled=${this.busy} @click=${this.#close}>Not now</button>
      </div>
    </form>`;
  }

  readonly #type = (note: string) => {
    this.note = note;
    this.wrong = '';
  };

  readonly #submit = async (event: Event) => {
    event.preventDefault();
    const note = this.note.trim();
    this.wrong = noteMistake(note);
    if (this.wrong) return this.field.focus();
    this.busy = true;
    this.failure = null;
    try {
      this.answer = await this.send(note, this.#click.keyFor(note));
      this.#click.done();
      this.dispatchEvent(new Event('done'));
    } catch (error) {
      this.failure = failureOf(error);
      this.#click.failed(this.failure);
    }
    this.busy = false;
  };

  readonly #close = () => this.dispatchEvent(new Event('close'));

  readonly #escape = ({ key }: KeyboardEvent) => {
    // What is sent has an outcome, which is said here.
    if (key === 'Escape' && !this.busy) this.#close();
  };
}
