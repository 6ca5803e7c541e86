/** The tag of the pinned build, found while it still runs: a classic script has no `import.meta`, so `vite.config.ts` asks here instead. */
import { addressOf, ownScript } from './own-script.ts';

declare const PAY_DESK_VERSION: string;

export const pinnedScript = ownScript(`/v${PAY_DESK_VERSION}/pay-desk.js`);

/** '' where the tag is not known. */
export const pinnedAddress = addressOf(pinnedScript);
