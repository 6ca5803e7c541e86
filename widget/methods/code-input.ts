/** Entering a pay code: grouping it while it is typed, checking it before it is sent, and the request that sends it. */
import type { LitElement } from 'lit';
import { type EnterCode, normalisePayCode } from '#contract';
import { fill } from '../messages/fill.ts';
import type { Language } from '../messages/language.ts';
import type { SubmitRequest } from '../session/submit-action.ts';
import { reformat } from './form-helpers.ts';
import type { MethodFormProps } from './method-form.ts';

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
    const read = (text: string) => normalisePayCode(text, (action as Partial<EnterCode>).alphabet);
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
const groupCode = (code: string): string => (code.length < 8 ? code : (code.match(/.{1,4}/gu)?.join(' ') ?? code));

/** Sends the typed code together with what the customer has agreed to. */
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
