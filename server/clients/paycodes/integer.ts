/** An integer, also as a numeric string: the service's pages promise the one and show the other. Source: paycodes.md §1.1. */
import * as z from 'zod';

export const integer = z.union([
  z.int(),
  z
    .string()
    .regex(/^-?\d{1,16}$/)
    .transform(Number)
    .pipe(z.int()),
]);
