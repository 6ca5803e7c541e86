/** What is not as it would be in life: clocks that were moved, a line that was spoiled. */
import type { LineMode } from './qa-api.ts';
import type { ClockOf } from './qa-client.ts';

export interface World {
  /** Milliseconds; 0 where nobody has moved it. */
  aheadMs: Record<ClockOf, number>;
  line: LineMode;
}

export const inOrder: World = { aheadMs: { bff: 0, paycodes: 0, payme: 0 }, line: 'clear' };

/** A clock that nobody moved is still asked a moment before or after ours. */
export const moved = (aheadMs: number): number => (Math.abs(aheadMs) < 2_000 ? 0 : Math.round(aheadMs / 1_000) * 1_000);
