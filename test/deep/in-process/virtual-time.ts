/**
 * Time of a simulation in one process. Wall clock, monotonic clock, timers and time-outs of everything in this process are replaced:
 * nothing waits for real time, and the next timer fires as soon as all that could run has run. So a day takes as long as its work.
 *
 * Each timer belongs to the owner in whose context it was made: a core of the product, or the world of one schedule (customers, services,
 * the harness). Timers of a core that has crashed and of a schedule that is over never fire.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

/** Who code runs for: a core of the product, or the world around it. */
export interface Owner {
  kind: 'core' | 'world';
  /** Once true, nothing of it runs any more. */
  dead: boolean;
  /** Milliseconds by which its wall clock is ahead. */
  skew: number;
}

interface Timer {
  at: number;
  order: number;
  owner: Owner | undefined;
  run: (() => void) | null;
}

const owners = new AsyncLocalStorage<Owner | undefined>();
export const currentOwner = (): Owner | undefined => owners.getStore();
/** The core that this code runs in. */
export const currentCore = (): Owner | undefined => {
  const owner = owners.getStore();
  return owner?.kind === 'core' ? owner : undefined;
};
export const runAs = <T>(owner: Owner | undefined, work: () => T): T => owners.run(owner, work);

/** The harness's own pauses are written in real milliseconds of `test/deep`, where time runs twenty times as fast. */
export const speed = 20;
/** The loops of background work look less often than each second, so that a simulated minute costs less. */
export const slowLoops = { from: 1_000, times: 8 };

const realImmediate = setImmediate;
const queue: Timer[] = [];
let now = Date.UTC(2026, 0, 1);
let order = 0;
let starting = 0;

export const virtualNow = (): number => now;

/** Moves all clocks forward at once, as if the machine had been suspended. What was due meanwhile runs next. */
export function leap(ms: number): void {
  now += ms;
}

function schedule(run: () => void, ms: number): Timer {
  order += 1;
  const timer: Timer = { at: now + Math.max(0, Math.ceil(ms)), order, owner: currentOwner(), run: AsyncLocalStorage.bind(run) };
  let low = 0;
  for (let high = queue.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((queue[middle] as Timer).at <= timer.at) low = middle + 1;
    else high = middle;
  }
  queue.splice(low, 0, timer);
  return timer;
}

function cancel(timer: Timer): void {
  timer.run = null;
  const index = queue.indexOf(timer);
  if (index >= 0) queue.splice(index, 1);
}

const scaled = (ms = 0): number => (currentCore() ? ms : ms * speed);

/** Lets everything run that needs no timer: promises, and streams. */
const settle = (): Promise<void> => new Promise((resolve) => void realImmediate(resolve));

/**
 * Runs the simulation until the promise is settled.
 * @param after Is called after each step, when nothing is left that could run without a timer.
 */
export async function simulate<T>(work: Promise<T>, after?: () => void): Promise<T> {
  let over = false;
  const end = () => {
    over = true;
  };
  work.then(end, end);
  for (;;) {
    await settle();
    after?.();
    if (over) return work;
    const [next] = queue;
    if (next && (next.at <= now || starting === 0 || process.env.DBG2)) {
      queue.shift();
      if (next.owner?.dead) continue;
      now = Math.max(now, next.at);
      next.run?.();
    } else if (!next && starting === 0) throw new Error('everything waits, and nothing will ever happen');
  }
}

/** Time stands still while real work is done, such as reading files at a start. */
export async function withoutTime<T>(work: () => Promise<T>): Promise<T> {
  starting += 1;
  try {
    return await work();
  } finally {
    starting -= 1;
  }
}

/** What `setTimeout` and `setInterval` return. */
class Handle {
  timer: Timer | null = null;
  ref = (): this => this;
  unref = (): this => this;
  hasRef = (): boolean => true;
  refresh = (): this => this;
  close = (): this => {
    if (this.timer) cancel(this.timer);
    return this;
  };
  [Symbol.dispose] = (): void => void this.close();
  [Symbol.toPrimitive] = (): number => this.timer?.order ?? 0;
}

/** One for all, because a pause is given up a thousand times in a schedule, and nobody reads why. */
const abortError = new DOMException('The operation was aborted', 'AbortError');

/** Replaces clocks and timers of this process, for good. */
export function installVirtualTime(): void {
  Date.now = () => Math.round(now + (currentOwner()?.skew ?? 0));
  performance.now = () => now;
  const after = (run: (...args: unknown[]) => void, ms?: number, ...args: unknown[]): Handle => {
    const handle = new Handle();
    handle.timer = schedule(() => run(...args), scaled(ms));
    return handle;
  };
  const every = (run: (...args: unknown[]) => void, ms?: number, ...args: unknown[]): Handle => {
    const handle = new Handle();
    const again = () => {
      handle.timer = schedule(
        () => {
          again();
          run(...args);
        },
        Math.max(1, scaled(ms)),
      );
    };
    again();
    return handle;
  };
  const stop = (handle: unknown): void => void (handle instanceof Handle && handle.close());
  Object.assign(globalThis, {
    setTimeout: after,
    setInterval: every,
    setImmediate: (run: (...args: unknown[]) => void, ...args: unknown[]) => after(run, 0, ...args),
    clearTimeout: stop,
    clearInterval: stop,
    clearImmediate: stop,
  });
  AbortSignal.timeout = (ms) => {
    const controller = new AbortController();
    after(() => controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')), ms);
    return controller.signal;
  };
  const pause = (ms = 0, value?: unknown, { signal }: { signal?: AbortSignal } = {}): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const aborted = () => reject(abortError);
      if (signal?.aborted) return aborted();
      const slower = currentCore() && ms >= slowLoops.from ? slowLoops.times : 1;
      const give = () => {
        if (timer.timer) cancel(timer.timer);
        aborted();
      };
      const timer = after(() => {
        signal?.removeEventListener('abort', give);
        resolve(value);
      }, ms * slower);
      signal?.addEventListener('abort', give, { once: true });
    });
  Object.assign(timers, { setTimeout: pause, setImmediate: (value?: unknown) => pause(0, value) });
  syncBuiltinESMExports();
}
