/** A click that changes something: the key that it is sent under, and what is said when it does not end well. */
import { html, nothing, type TemplateResult } from 'lit';
import { type Failure, isOutcomeUnknown, textOf } from '../failure.ts';
import { newIdempotencyKey } from '../operator-client.ts';

/**
 * The Idempotency-Key of one click. While it is not known what became of it, the same values are sent under the same key, so that
 * pressing again does it once at most. Other values, or an answer, begin a new click.
 */
export class OneClick {
  #key: string | null = null;
  #values = '';

  /** @param values What is sent, as text. */
  keyFor(values: string): string {
    if (this.#key === null || this.#values !== values) this.#key = newIdempotencyKey();
    this.#values = values;
    return this.#key;
  }

  /** It was done: the next press is another click. */
  done(): void {
    this.#key = null;
  }

  failed(failure: Failure): void {
    if (!isOutcomeUnknown(failure)) this.#key = null;
  }
}

/** Says whether something was done, and what to do next. */
export const outcomeNotice = (failure: Failure): TemplateResult =>
  html`<div class="notice" data-tone=${isOutcomeUnknown(failure) ? 'warn' : 'bad'} role="alert">
    <p>${
      isOutcomeUnknown(failure)
        ? html`${failure.kind === 'network' ? 'No answer came' : textOf(failure)}${failure.kind === 'network' ? '.' : ''} It is not known whether it was
            done. Press again: with the same values it is done once at most.`
        : html`${textOf(failure)} Nothing was done; what you typed is kept.`
    }</p>
    ${referenceOf(failure)}
  </div>`;

const referenceOf = (failure: Failure) =>
  'reference' in failure && failure.reference ? html`<p class="muted small">Reference: ${failure.reference}</p>` : nothing;
