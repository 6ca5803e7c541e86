/** Shared by the forms: reporting invalid input, grouping what is typed, and rendering again when a waiting time is over. */
import type { LitElement, ReactiveController } from 'lit';
import { AnnounceEvent } from '../parts/announce-event.ts';

/** Focuses the invalid field once it is marked, and announces the error: if the focus is there already, nothing else would read it. */
export function reportInvalid(form: LitElement, text: string): void {
  void form.updateComplete.then(() => form.focus());
  form.dispatchEvent(new AnnounceEvent(text, true));
}

/** How the text of a field is read and shown. */
export interface InputMask {
  /** The characters that count, without those that only group them. */
  read(text: string): string;
  /** The characters, grouped. */
  show(characters: string): string;
}

/**
 * Groups what was just typed or pasted; the caret stays after the same character.
 * @param before The characters as they were.
 * @returns The characters as they are now.
 */
export function reformat(input: HTMLInputElement, event: InputEvent, before: string, { read, show }: InputMask): string {
  const { value, selectionStart } = input;
  const { inputType } = event;
  let characters = read(value);
  let left = read(value.slice(0, selectionStart ?? value.length)).length;
  // Only a gap was deleted. The customer meant the character beside it; otherwise the key would seem dead.
  if (characters === before && inputType === 'deleteContentBackward' && left > 0) {
    characters = characters.slice(0, left - 1) + characters.slice(left);
    left -= 1;
  } else if (characters === before && inputType === 'deleteContentForward')
    characters = characters.slice(0, left) + characters.slice(left + 1);
  const shown = show(characters);
  let caret = left < characters.length ? 0 : shown.length;
  for (let seen = 0; caret < shown.length && seen < left; caret += 1) if (/[\p{L}\p{N}]/u.test(shown[caret] ?? '')) seen += 1;
  if (value !== shown) {
    input.value = shown;
    input.setSelectionRange(caret, caret);
  }
  return characters;
}

/** Renders a form again when a waiting time in it is over, and announces that. */
export class RetryTimer implements ReactiveController {
  readonly #host: LitElement;
  readonly #left: () => number;
  readonly #text: () => string;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param left Milliseconds to wait; 0 for none.
   * @param text Announced when the time is over.
   */
  constructor(host: LitElement, left: () => number, text: () => string) {
    this.#host = host;
    this.#left = left;
    this.#text = text;
    host.addController(this);
  }

  hostUpdated(): void {
    const waited = this.#timer;
    clearTimeout(waited);
    const left = this.#left();
    this.#timer = left > 0 ? setTimeout(() => this.#host.requestUpdate(), left) : undefined;
    if (waited && !this.#timer) this.#host.dispatchEvent(new AnnounceEvent(this.#text()));
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }
}
