/**
 * Loaded into each process of Node's test runner. Its `fetch` uses each connection once: a test and its server share a process, and
 * when a busy machine let the process stand still, a request could leave on a connection that the server was just closing. (Undici
 * counts idle time in ticks of half a second, however late a tick comes.)
 */
export {};

const dispatcher = Symbol.for('undici.globalDispatcher.1');
const globals = globalThis as unknown as Record<symbol, { constructor: new (options: object) => never } | undefined>;

// Node makes the dispatcher when `fetch` is first used.
await fetch('data:,').then((response) => response.text());
const made = globals[dispatcher];
if (!made) throw new Error('this version of Node keeps the connections of fetch elsewhere');
globals[dispatcher] = new made.constructor({ pipelining: 0 });
