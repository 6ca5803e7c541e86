/**
 * The script tag of the pinned build, found while it runs. A classic script cannot ask `import.meta` for its address, so the
 * build lets every module of the pinned build read `pinnedAddress` instead (widget/build/classic-address.ts).
 */
import { addressOf, ownScript } from './own-script.ts';

declare const PAY_DESK_VERSION: string;

export const pinnedScript = ownScript(`/v${PAY_DESK_VERSION}/pay-desk.js`);

/** '' where the tag cannot be found. */
export const pinnedAddress = addressOf(pinnedScript);
