/** A problem as it crosses the bridge: its code and where it is, without fields that say nothing. */
import type { DeskProblem } from '../../session/bff-client.ts';
import type { SentProblem } from './from-frame.ts';

export const plainProblem = ({ code, ref, field, retryAt, at }: DeskProblem): SentProblem => ({
  code,
  ref,
  ...(field && { field }),
  ...(retryAt && { retryAt }),
  ...(at && { at }),
});
