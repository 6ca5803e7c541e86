/** The script tag `/v1/pay-desk.js`: a small classic script that fetches the element from beside it. */
import { addressOf, ownScript } from './own-script.ts';
import { reportUnknownOrigin } from './show-fallbacks.ts';
import { type PayDeskCode, startPayDesk } from './start-pay-desk.ts';

const script = ownScript('/v1/pay-desk.js');

/**
 * Tries three times, so that a customer on a train need not reload the shop. Browsers remember a module that failed by its
 * address, so each try has another one.
 */
const importBeside = (chunk: string, left = 2): Promise<unknown> =>
  import(/* @vite-ignore */ new URL(chunk, addressOf(script)).href).catch(async (cause) => {
    if (!left) throw cause;
    await new Promise((resolve) => setTimeout(resolve, 800));
    return importBeside(`${chunk}?${Date.now()}`, left - 1);
  });

// The build replaces the placeholders by the names of the chunks (widget/build/classic-loader.ts).
if (script) {
  startPayDesk(script, {
    element: () => importBeside('%widget-chunk%'),
    window: () => importBeside('%window-chunk%') as ReturnType<PayDeskCode['window']>,
  });
} else reportUnknownOrigin();
