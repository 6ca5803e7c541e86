/** What the field shows after a keystroke or a paste, and where the caret stands then: after the same sign as before. */
import { normalisePayCode } from '#contract';
import { groupCode } from './group-code.ts';

export interface Retyped {
  /** The code without separators. */
  code: string;
  /** As shown, grouped. */
  text: string;
  caret: number;
}

/** `before` is the code as it was; `inputType` the browser's name for what was done to it. */
export function retype(text: string, caret: number, before: string, inputType: string, alphabet?: string): Retyped {
  let code = normalisePayCode(text, alphabet);
  let left = normalisePayCode(text.slice(0, caret), alphabet).length;
  // Only a gap was deleted: the customer meant the sign beside it, or the key would seem dead.
  if (code === before && inputType === 'deleteContentBackward' && left > 0) {
    code = code.slice(0, left - 1) + code.slice(left);
    left -= 1;
  } else if (code === before && inputType === 'deleteContentForward') code = code.slice(0, left) + code.slice(left + 1);
  const shown = groupCode(code);
  const gaps = shown === code ? 0 : Math.max(0, Math.ceil(left / 4) - 1);
  return { code, text: shown, caret: left + gaps };
}
