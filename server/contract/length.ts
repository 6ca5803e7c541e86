/**
 * Limits of length for texts and lists. Zod's own checks measure anything that has a `length`, before its type is known, and
 * throw where the length cannot be compared: `{"length": {"toString": 1}}` would be a 500 of ours instead of the caller's error.
 */
import { core } from 'zod/mini';

const when = ({ value }: core.ParsePayload): boolean => typeof value === 'string' || Array.isArray(value);

export const atLeast = (minimum: number) => new core.$ZodCheckMinLength({ check: 'min_length', minimum, when });
export const atMost = (maximum: number) => new core.$ZodCheckMaxLength({ check: 'max_length', maximum, when });
