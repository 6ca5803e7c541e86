/**
 * Limits of length for texts and lists. Those of zod measure whatever has a `length`, before it is known to be a text, and throw
 * where that cannot be compared: `{"length": {"toString": 1}}` would be our fault instead of the caller's.
 */
import { core } from 'zod/mini';

const when = ({ value }: core.ParsePayload): boolean => typeof value === 'string' || Array.isArray(value);

export const atLeast = (minimum: number) => new core.$ZodCheckMinLength({ check: 'min_length', minimum, when });
export const atMost = (maximum: number) => new core.$ZodCheckMaxLength({ check: 'max_length', maximum, when });
