/** Milliseconds until the next try, after too many wrong ones; 0 where nothing stands in the way. */
import type { RoomContext } from './method-form.ts';

export const lockedFor = ({ problem, now }: RoomContext): number =>
  Math.max(0, problem?.code === 'too_many_attempts' ? Date.parse(problem.retryAt ?? '') - now() : 0) || 0;
