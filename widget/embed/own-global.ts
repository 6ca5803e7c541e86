/** `window.PayDesk`, where it is ours: `<div id="PayDesk">` makes it an element, which is neither the window's own nor has what ours has. */
import type { PayDeskGlobal } from './start-pay-desk.ts';

export function ownGlobal(): PayDeskGlobal | undefined {
  const found = Object.hasOwn(window, 'PayDesk') ? window.PayDesk : undefined;
  return typeof found?.mount === 'function' && typeof found.version === 'string' ? found : undefined;
}
