/**
 * Loaded into each process of Node's test runner. The runner follows every promise by an async hook, to know which test an
 * uncaught error belongs to, and that took a quarter of the processor's time of the server's tests. Without it such an error
 * still fails its file, but may name no test. The runner takes `createHook` when it is loaded, and has no option for this.
 */
import hooks from 'node:async_hooks';

const { createHook } = hooks;
hooks.createHook = (callbacks) => createHook({ ...callbacks, trackPromises: false });
await import('node:test');
hooks.createHook = createHook;
