import type { LitElement, ReactiveController } from 'lit';
import { AnnounceEvent } from '../parts/say-event.ts';

/** Groups what was just typed or pasted into a field, for the eye; the caret stands after the same sign as before. */

export interface InputMask {
  /** What counts of a text: the signs without what only groups them. */
  read(text: string): string;
  /** The signs, grouped. */
  show(code: string): string;
}

/** `before` are the signs as they were. Returns them as they are now. */
export function reformat(input: HTMLInputElement, event: InputEvent, before: string, { read, show }: InputMask): string {
  const { value, selectionStart } = input;
  const { inputType } = event;
  let code = read(value);
  let left = read(value.slice(0, selectionStart ?? value.length)).length;
  // Only a gap was deleted: the customer meant the sign beside it, or the key would seem dead.
  if (code === before && inputType === 'deleteContentBackward' && left > 0) {
    code = code.slice(0, left - 1) + code.slice(left);
    left -= 1;
  } else if (code === before && inputType === 'deleteContentForward') code = code.slice(0, left) + code.slice(left + 1);
  const shown = show(code);
  let caret = left < code.length ? 0 : shown.length;
  for (let seen = 0; caret < shown.length && seen < left; caret += 1) if (/[\p{L}\p{N}]/u.test(shown[caret] ?? '')) seen += 1;
  if (value !== shown) {
    input.value = shown;
    input.setSelectionRange(caret, caret);
  }
  return code;
}

/** Draws a room anew when a wait in it is over, and says so. */
export class RetryTimer implements ReactiveController {
  readonly #host: LitElement;
  readonly #left: () => number;
  readonly #words: () => string;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `left`: milliseconds, 0 for no wait. `words` are said at its end. */
  constructor(host: LitElement, left: () => number, words: () => string) {
    this.#host = host;
    this.#left = left;
    this.#words = words;
    host.addController(this);
  }

  hostUpdated(): void {
    const waited = this.#timer;
    clearTimeout(waited);
    const left = this.#left();
    this.#timer = left > 0 ? setTimeout(() => this.#host.requestUpdate(), left) : undefined;
    if (waited && !this.#timer) this.#host.dispatchEvent(new AnnounceEvent(this.#words()));
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }
}
