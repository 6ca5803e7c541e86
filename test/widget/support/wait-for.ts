/** Waits until a condition holds, polled every 10 ms; gives up after 15 s, or later on a busy machine. */
import { aTimeout } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';

export async function waitFor(seen: () => unknown, what: string): Promise<void> {
  const start = Date.now();
  let limit = 15_000;
  while (!seen()) {
    const waited = Date.now() - start;
    if (waited > limit) {
      limit = 15_000 * (await executeServerCommand<number, undefined>('loadFactor'));
      if (waited > limit) throw new Error(`waited for ${what}`);
    }
    await aTimeout(10);
  }
}
