#!/usr/bin/env node
/** The command `pay-desk`. Everything that a single command needs is loaded when it runs, so that help appears at once. */
import '../../check-node.js';

// Dynamic, because a static import would be loaded before `check-node.js` has checked Node's version.
const { run } = await import('./program.ts');
await run(process.argv);
