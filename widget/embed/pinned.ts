/** The pinned build `/v1.2.3/pay-desk.js`: everything in one file, so that one integrity hash covers all of it. */
import '../index.ts';
import { pinnedScript } from './pinned-script.ts';
import { reportUnknownOrigin } from './show-fallbacks.ts';
import { startPayDesk } from './start-pay-desk.ts';

if (pinnedScript) startPayDesk(pinnedScript, { element: async () => {}, window: () => import('./window/index.ts') });
else reportUnknownOrigin();
