/** A code while it is typed: grouped for the eye, its signs put right, kept in the draft. Where an input method is at work it is left alone. */
import type { LitElement } from 'lit';
import { type EnterCode, normalisePayCode } from '#contract';
import { fill } from '../messages/fill.ts';
import type { Language } from '../messages/language.ts';
import type { SubmitRequest } from '../session/submit-action.ts';
import { reformat } from './form-helpers.ts';
import type { MethodFormProps } from './method-form.ts';

/** The room of the one field. */
type Room = LitElement & { context: MethodFormProps };

export class CodeTyping {
  readonly #room: Room;
  #composing = false;

  constructor(room: Room) {
    this.#room = room;
  }

  /** What stands in the field. */
  get shown(): string | undefined {
    return this.#composing ? this.#input?.value : groupCode(this.#room.context.draft.code);
  }

  readonly onInput = (event: InputEvent) => {
    const input = this.#input;
    this.#composing = event.isComposing === true; // an input method is still building the sign
    if (!input || this.#composing) return;
    const { draft, action } = this.#room.context;
    const read = (text: string) => normalisePayCode(text, (action as Partial<EnterCode>).alphabet);
    draft.code = reformat(input, event, draft.code, { read, show: groupCode });
    this.#room.requestUpdate();
  };

  get #input() {
    return this.#room.querySelector('input');
  }
}

/** The only check before a code is sent: is anything there, has it the length and the signs that the merchant's rules have for certain. */
/** What is wrong, in words; '' when the code may be sent. */
export function checkCode(
  code: string,
  { length, alphabet }: Pick<EnterCode, 'length' | 'alphabet'>,
  { texts, tag }: Language,
): string {
  if (!code) return texts.codeEmpty;
  const strange = alphabet ? [...new Set(code)].filter((sign) => !alphabet.includes(sign)) : [];
  if (strange.length) return fill(texts.codeSigns, { signs: strange.join(', ') });
  if (length && code.length !== length) return fill(texts.codeLength, { length, typed: code.length }, tag);
  return '';
}

/** A code as it is shown: in fours once it has eight signs, so that an eye can compare it with paper. */
export const groupCode = (code: string): string => (code.length < 8 ? code : (code.match(/.{1,4}/gu)?.join(' ') ?? code));

/** Sends the code that is typed, with what the customer has agreed to. */
export const submitCode =
  ({ draft, view }: MethodFormProps): SubmitRequest =>
  (client, key, signal) => {
    const { code } = draft;
    draft.sent = code;
    const acceptExcess = draft.excess === code;
    const acknowledge = view.nextAction.kind === 'confirm';
    return client.post(
      'pay-code',
      { code, ...(acceptExcess && { acceptExcess }), ...(acknowledge && { acknowledge }) },
      key,
      signal,
    );
  };
