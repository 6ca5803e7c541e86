/** A problem as it crosses the bridge: its code and where it is, without fields that say nothing. */

import type { SentProblem } from '../../bridge/from-frame.ts';
import type { DeskProblem } from '../../session/bff-client.ts';

export const plainProblem = ({ code, ref, field, retryAt, at }: DeskProblem): SentProblem => ({
  code,
  ref,
  ...(field && { field }),
  ...(retryAt && { retryAt }),
  ...(at && { at }),
});
