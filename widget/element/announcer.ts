/** What the desk says aloud: politely what is new, urgently what is wrong; each once, in words that stand on the screen too. */

import { html } from 'lit';
import type { Language } from '../messages/language.ts';
import { problemText } from '../messages/problem-text.ts';
import type { MethodForm } from '../methods/method-form.ts';
import type { AnnounceEvent } from '../parts/say-event.ts';
import type { ViewState } from '../screens/view-state.ts';

export class Announcer {
  #polite = '';
  /** What a part said; '' when that is over. Null: what the picture has to say. */
  #urgent: string | null = null;

  /** One picture follows another. */
  update(before: ViewState | null, { screen, notice, ...now }: ViewState, { texts }: Language): void {
    // A form speaks for itself, by its labels; and so does what is there from the start.
    if (screen !== before?.screen) this.#polite = screen === 'enter' || screen === 'loading' ? '' : texts.titles[screen];
    if (notice && notice !== before?.notice) this.#polite = notice;
    if (now.problem !== before?.problem || now.loadProblem !== before.loadProblem) this.#urgent = null;
  }

  announce({ text, urgent }: AnnounceEvent): void {
    if (urgent) this.#urgent = text;
    else this.#polite = text;
  }

  /** The customer types: what was wrong is being mended, and may be said again if it is not. */
  clear(): void {
    if (this.#urgent) this.#urgent = '';
  }

  /** While a click is on its way it, or the room, has a word for it; what is wrong is said when the room has come, which may have words of its own. */
  render({ view, problem, loadProblem, busy, acting }: ViewState, room: MethodForm | null, language: Language) {
    const wrong = loadProblem ?? (!room || room.announcesProblems ? null : problem);
    return liveRegions(
      (busy && (acting || room?.busyText)) || this.#polite,
      this.#urgent ?? (wrong ? problemText(wrong, language, view, room?.words?.(wrong)) : ''),
    );
  }
}

/** One polite and one assertive voice. Always in the tree: a region that comes with its text is not read by every screen reader. */
export const liveRegions = (
  polite: string,
  assertive: string,
) => html`<div class="unseen" role="status" aria-live="polite">${polite}</div>
  <div class="unseen" role="alert" aria-live="assertive">${assertive}</div>`;
