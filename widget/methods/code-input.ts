/** A code while it is typed: grouped for the eye, its signs put right, kept in the draft. Where an input method is at work it is left alone. */
import type { LitElement } from 'lit';
import { type EnterCode, normalisePayCode } from '#contract';
import { retype } from './form-helpers.ts';
import type { RoomContext } from './method-form.ts';
import { groupCode } from './pay-code/group-code.ts';

/** The room of the one field. */
type Room = LitElement & { context: RoomContext };

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
    draft.code = retype(input, event, draft.code, { read, show: groupCode });
    this.#room.requestUpdate();
  };

  get #input() {
    return this.#room.querySelector('input');
  }
}
