/** The keep-alive connections to one upstream: 20 of them, 2 s to make one, answers of at most 256 KiB. */
import { Pool } from 'undici';

export const openPool = (origin: string): Pool =>
  new Pool(origin, {
    connections: 20,
    connect: { timeout: 2_000 },
    // undici's own timers are idle timers; the signal of an exchange is the total one, so they stay off.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: 256 * 1024,
  });
