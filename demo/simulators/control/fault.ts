/** A mishap that a test orders for one coming call. */
import * as z from 'zod';

export const Fault = z.strictObject({
  /** `before`: the call has no effect. `after`: it takes effect, then its answer is spoiled. */
  when: z.enum(['before', 'after']),
  /**
   * `timeout` never answers · `reset` cuts the connection · `http500` and `html` answer like a broken gateway ·
   * `malformed` answers JSON that stops in the middle · `slow` is late, but right.
   */
  kind: z.enum(['timeout', 'reset', 'http500', 'html', 'malformed', 'slow']),
  /** Milliseconds of real time: how late `slow` is (default 2,000); after how long `timeout` hangs up (default: it waits). */
  ms: z.int().min(0).max(600_000).optional(),
});
export type Fault = z.infer<typeof Fault>;
