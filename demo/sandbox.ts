/**
 * The command of the package `@pay-desk/sandbox`, and of `pay-desk sandbox`: the demo for a page of one's own, without a checkout of this
 * repository.
 */
import '../server/check-node.js';

// Dynamic, because a static import would be loaded before `check-node.js` has checked Node's version.
const { runDemo } = await import('./run-demo.ts');
await runDemo('npx @pay-desk/sandbox');
