/**
 * Reads PayCodes' `status` and its other flags, which the service's own pages write as boolean, number and string.
 *
 * `undefined` = cannot be read. That is no "no": the word `"used"` could mean "now used" or "was used before", so the caller
 * has to treat it as an unknown outcome and look. Source: paycodes.md §3.3.
 */
export function readStatus(value: unknown): boolean | undefined {
  if (yes.has(value)) return true;
  if (no.has(value)) return false;
  return undefined;
}

const yes = new Set<unknown>([true, 1, '1', 'true', 'True']);
const no = new Set<unknown>([false, 0, '0', 'false', 'False', null]);
