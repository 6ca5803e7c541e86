/**
 * Reads `window.PayDesk` if it is ours. `<div id="PayDesk">` would put an element there, which is not the window's own property.
 */
import type { PayDeskGlobal } from './start-pay-desk.ts';

export function ownGlobal(): PayDeskGlobal | undefined {
  const found = Object.hasOwn(window, 'PayDesk') ? window.PayDesk : undefined;
  return typeof found?.mount === 'function' && typeof found.version === 'string' ? found : undefined;
}
