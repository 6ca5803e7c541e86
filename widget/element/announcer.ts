/**
 * Announces to screen readers: politely what is new, assertively what is wrong. Each text is announced once and is also on the
 * screen. The texts are set after rendering and not by the template, because a form may override the text for a problem, and the
 * form is known only once it has been rendered.
 */
import { html } from 'lit';
import { type Language, problemText } from '../messages/language.ts';
import type { MethodForm } from '../methods/method-form.ts';
import type { AnnounceEvent } from '../parts/elements.ts';
import { type ElementRef, elementRef } from '../parts/elements.ts';
import type { ViewState } from '../screens/view-state.ts';

export class Announcer {
  #polite = '';
  /** What a part of the widget announced as urgent; '' when that is over. Null: the problem in the view state is announced. */
  #urgent: string | null = null;
  readonly #status: ElementRef<HTMLElement> = {};
  readonly #alert: ElementRef<HTMLElement> = {};

  /** Must be called before each render, with the view state that was rendered last and the one that is rendered now. */
  update(before: ViewState | null, { screen, notice, ...now }: ViewState, { texts }: Language): void {
    // A form is announced by its labels, and what was there from the start needs no announcement.
    if (screen !== before?.screen) this.#polite = screen === 'enter' || screen === 'loading' ? '' : texts.titles[screen];
    if (notice && notice !== before?.notice) this.#polite = notice;
    if (now.problem !== before?.problem || now.loadProblem !== before.loadProblem) this.#urgent = null;
  }

  announce({ text, urgent }: AnnounceEvent): void {
    if (urgent) this.#urgent = text;
    else this.#polite = text;
  }

  /** Clears the error while the customer types, so that the same error can be announced again. */
  clear(): void {
    if (this.#urgent) this.#urgent = '';
  }

  /** One polite and one assertive live region. They are always in the tree: not every screen reader reads one that is new. */
  render() {
    return html`<div ${elementRef(this.#status)} class="unseen" role="status" aria-live="polite"></div>
      <div ${elementRef(this.#alert)} class="unseen" role="alert" aria-live="assertive"></div>`;
  }

  /** Must be called after each render. While a request runs, the text of the action or the form's busy text is announced. */
  show({ view, problem, loadProblem, busy, acting }: ViewState, form: MethodForm | null, language: Language): void {
    const wrong = loadProblem ?? (!form || form.announcesProblems ? null : problem);
    setText(this.#status.element, (busy && (acting || form?.busyText)) || this.#polite);
    setText(this.#alert.element, this.#urgent ?? (wrong ? problemText(wrong, language, view, form?.problemTexts?.(wrong)) : ''));
  }
}

/** A region whose text is set to what it already is would be read again by some screen readers. */
function setText(region: HTMLElement | undefined, text: string): void {
  if (region && region.textContent !== text) region.textContent = text;
}
