/** The script tag, `/v1/pay-desk.js`: a small classic script that fetches the element beside it. */
import { addressOf, ownScript } from './own-script.ts';
import { tellUnknownOrigin } from './show-fallbacks.ts';
import { type PayDeskCode, startPayDesk } from './start-pay-desk.ts';

const script = ownScript('/v1/pay-desk.js');

/** Three tries: a customer on a train should not have to reload the shop. Browsers remember a module that failed, by its address. */
const beside = (chunk: string, left = 2): Promise<unknown> =>
  import(/* @vite-ignore */ new URL(chunk, addressOf(script)).href).catch(async (cause) => {
    if (!left) throw cause;
    await new Promise((resolve) => setTimeout(resolve, 800));
    return beside(`${chunk}?${Date.now()}`, left - 1);
  });

// The build writes the names of the chunks here: they must not be bundled into this file, and a classic script may not import.
if (script) {
  startPayDesk(script, {
    element: () => beside('%widget-chunk%'),
    window: () => beside('%window-chunk%') as ReturnType<PayDeskCode['window']>,
  });
} else tellUnknownOrigin();
