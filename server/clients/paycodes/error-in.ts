/** An error as PayCodes may tell one: a number that can be read, or none. Its text goes no further than this. */
import * as z from 'zod';
import { integer } from './integer.ts';

export const ErrorIn = z.looseObject({ code: integer.nullish().catch(null) });
