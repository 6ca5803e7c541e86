/** Where an answer was broken, for the operator. The names are our schema's own, so nothing of the answer leaks. */
import type * as z from 'zod';

export const pathOf = (error: z.ZodError): string => error.issues[0]?.path.join('.') || 'result';
