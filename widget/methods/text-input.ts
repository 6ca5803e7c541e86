/**
 * The text that a customer types: grouping it while it is typed; and for a pay code, checking it before it is sent, and the request
 * that sends it.
 */
import type { LitElement } from 'lit';
import { type EnterCode, normalisePayCode, readPayCode } from '#contract';
import { fill } from '../messages/format.ts';
import type { Language } from '../messages/language.ts';
import type { SubmitRequest } from '../session/submit-action.ts';
import type { MethodFormProps } from './method-form.ts';

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

/** A form whose only input is the pay code. */
type CodeForm = LitElement & { context: MethodFormProps };

/** Keeps the typed code, normalised, in the draft. While an input method composes a character, the field is left alone. */
export class CodeTyping {
  readonly #form: CodeForm;
  #composing = false;

  constructor(form: CodeForm) {
    this.#form = form;
  }

  /** What the field shows. */
  get shown(): string | undefined {
    return this.#composing ? this.#input?.value : groupCode(this.#form.context.draft.code);
  }

  readonly onInput = (event: InputEvent) => {
    const input = this.#input;
    this.#composing = event.isComposing === true;
    if (!input || this.#composing) return;
    const { draft, action } = this.#form.context;
    const shape = action as Partial<EnterCode>;
    // More than a character at a time was pasted. What is typed is never taken for a message, though it may begin with "code". A
    // message without a certain code stays as it is, so that the customer can see it.
    const pasted = input.value.length > groupCode(draft.code).length + 1 || /\s/.test(draft.code);
    const read = (text: string) => {
      const code = pasted ? readPayCode(text, [shape]) : text;
      return code === null ? text : normalisePayCode(code, shape.alphabet);
    };
    draft.code = reformat(input, event, draft.code, { read, show: groupCode });
    this.#form.requestUpdate();
  };

  get #input() {
    return this.#form.querySelector('input');
  }
}

/**
 * The only check before a code is sent: it is not empty, and has the length and the characters that the merchant's rules
 * guarantee.
 * @returns What is wrong, as a text; '' when the code may be sent.
 */
export function checkCode(
  code: string,
  { length, alphabet }: Pick<EnterCode, 'length' | 'alphabet'>,
  { texts, tag }: Language,
): string {
  if (!code) return texts.codeEmpty;
  const strange = alphabet ? [...new Set(code)].filter((character) => !alphabet.includes(character)) : [];
  if (strange.length) return fill(texts.codeSigns, { signs: strange.join(', ') });
  if (length && code.length !== length) return fill(texts.codeLength, { length, typed: code.length }, tag);
  return '';
}

/** Groups of four from eight characters on, so that the code can be compared with paper. */
export const groupCode = (code: string): string =>
  code.length < 8 || /\s/.test(code) ? code : (code.match(/.{1,4}/gu)?.join(' ') ?? code);

/** Sends the typed code together with what the customer has seen and agreed to: where another amount is due by now, no code is used. */
export const submitCode =
  ({ draft, view }: MethodFormProps): SubmitRequest =>
  (client, key, signal) => {
    const { code } = draft;
    draft.sent = code;
    const acceptExcess = draft.excess === code;
    const acknowledge = view.nextAction.kind === 'confirm';
    const { due, currency } = view;
    const seen = { due, currency };
    return client.post(
      'pay-code',
      { code, seen, ...(acceptExcess && { acceptExcess }), ...(acknowledge && { acknowledge }) },
      key,
      signal,
    );
  };
