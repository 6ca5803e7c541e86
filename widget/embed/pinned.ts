/** The pinned build, `/v1.2.3/pay-desk.js`: everything in one file, so that one hash answers for all of it. */
import '../index.ts';
import { startPayDesk } from './start-pay-desk.ts';

const script = document.currentScript as HTMLScriptElement | null;
if (!script?.src) throw new Error('pay-desk.js needs a <script src>');

startPayDesk(script, { element: async () => {}, window: () => import('./window/index.ts') });
