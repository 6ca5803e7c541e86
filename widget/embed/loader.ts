/** The script tag, `/v1/pay-desk.js`: a small classic script that fetches the element beside it. */
import { startPayDesk } from './start-pay-desk.ts';

const script = document.currentScript as HTMLScriptElement | null;
if (!script?.src) throw new Error('pay-desk.js needs a <script src>');

/**
 * The build writes the names of the chunks here: they must not be bundled into this file, and a classic script may not import.
 * A query goes with them, so that whoever asks again after a failure does not get the failure again.
 */
const beside = (chunk: string) => import(/* @vite-ignore */ new URL(chunk + new URL(script.src).search, script.src).href);

startPayDesk(script, { element: () => beside('%widget-chunk%'), window: () => beside('%window-chunk%') });
