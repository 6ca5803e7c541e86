/**
 * The form of PayCodes' codes, rules and patterns. Reading is tolerant: integers may be numeric strings, flags may have every
 * spelling that the service's pages use, unknown keys are kept, and a key that nothing depends on never makes an answer fail.
 * Source: README.md, "Methods and fields".
 */
import * as z from 'zod';
import { parseTimestamp } from './timestamp.ts';

/** An integer, or a numeric string: the service's pages promise the one and show the other. Source: README.md, "Transport". */
export const integer = z.union([
  z.int(),
  z
    .string()
    .regex(/^-?\d{1,16}$/)
    .transform(Number)
    .pipe(z.int()),
]);

/** Absent and null give null. A word that we cannot read makes the answer broken. */
const flag = z
  .unknown()
  .optional()
  .transform((value, context) => {
    if (value === undefined || value === null) return null;
    const read = readStatus(value);
    if (read === undefined) context.addIssue('not a flag');
    return read ?? null;
  });

const timestampIn = (timeZone: string) =>
  z.string().transform((text, context) => {
    const time = parseTimestamp(text, timeZone);
    if (time) return time;
    context.addIssue('not a timestamp');
    return z.NEVER;
  });

const Pattern = z.object({
  id: integer.nullish().catch(null),
  slug: z.string().nullish().catch(null),
  /** The signs that a code may consist of; not a regular expression. */
  pattern: z.string(),
});
const MaybePattern = Pattern.nullish()
  .catch(null)
  .transform((pattern) => pattern ?? null);

const Rule = z
  .looseObject({
    slug: z.string(),
    is_active: flag,
    /** In a unit that only the merchant's configuration knows. */
    price: integer.nullish(),
    config: z.record(z.string(), z.unknown()).nullish().catch(null),
    code_lenght: integer.nullish().catch(null), // misspelt on the wire
    code_length: integer.nullish().catch(null),
  })
  .transform(({ slug, is_active, price, config, code_lenght, code_length, ...other }) => ({
    slug,
    isActive: is_active,
    price: price ?? null,
    config: config ?? {},
    codeLength: code_lenght ?? code_length ?? null,
    /** All other keys as they came: ids, durations, whatever the service adds. */
    other,
  }));

const codeIn = (timeZone: string) =>
  z
    .looseObject({
      id: integer.nullish().catch(null),
      code: z.string(),
      rule_slug: z.string().nullish(),
      // The key has to be present: reading a missing use_time as "not used" could make a used code look unused.
      use_time: z.nullable(timestampIn(timeZone)),
      client: z.string().nullish(),
      start_time: timestampIn(timeZone).nullish(),
      end_time: timestampIn(timeZone).nullish(),
      is_active: flag,
    })
    .transform(({ id, code, rule_slug, use_time, client, start_time, end_time, is_active }) => ({
      id: id ?? null,
      code,
      ruleSlug: rule_slug ?? null,
      /** When it was used; null = not used. */
      useTime: use_time,
      /** Who used it: the `client` of `use_code`. */
      client: client ?? null,
      /** Usable from; null = no such limit. */
      startTime: start_time ?? null,
      /** Usable until, this instant excluded; null = no such limit. */
      endTime: end_time ?? null,
      isActive: is_active,
    }));

/** The schema of a `get_code` result that has a code. `timeZone` (IANA name) is the zone of times without an offset. */
export const codeDetailsIn = (timeZone: string) =>
  z.object({
    code: codeIn(timeZone),
    rule: Rule,
    pattern: MaybePattern,
  });

/** Text that is not empty. By a pattern, since `min` would also measure, and fail on, anything else that has a `length`. */
const FilledText = z.string().regex(/./s);

/** The result of `generate_code`. */
export const GeneratedCode = z.object({ code: FilledText, rule: Rule, pattern: MaybePattern });

/** The result of `generate_code_list`. Codes must be text, since a number has lost its leading zeros. */
export const GeneratedCodes = z.object({ codes: z.array(FilledText) });

export type CodeDetails = z.output<ReturnType<typeof codeDetailsIn>>;
export type PayCode = CodeDetails['code'];
export type PayCodeRule = CodeDetails['rule'];
export type PayCodePattern = z.output<typeof Pattern>;

/**
 * Reads PayCodes' `status` and its other flags, which the service's own pages write as boolean, number and string.
 *
 * `undefined` = cannot be read, which does not mean "no": the word `"used"` could mean "used just now" or "used before", so the
 * caller has to treat the outcome as unknown and read it by `get_code`. Source: README.md, "Status words".
 */
export function readStatus(value: unknown): boolean | undefined {
  if (trueWords.has(value)) return true;
  if (falseWords.has(value)) return false;
  return undefined;
}

const trueWords = new Set<unknown>([true, 1, '1', 'true', 'True']);
const falseWords = new Set<unknown>([false, 0, '0', 'false', 'False', null]);
