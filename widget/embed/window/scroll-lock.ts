/** Keeps the page under a dialog from scrolling. Dialogs may lie on each other and end in any order: the last one unlocks. */
import { ofDocument } from '../../session/of-document.ts';

let locks = 0;
let before = '';

/** Returns how to unlock, once. */
export function lockScroll(): () => void {
  const { style } = ofDocument('documentElement');
  if (locks++ === 0) {
    before = style.overflow;
    style.overflow = 'hidden';
  }
  let locked = true;
  return () => {
    if (locked && --locks === 0) style.overflow = before;
    locked = false;
  };
}
