/**
 * What PayCodes tells of codes, rules and patterns, read tolerantly: integers also as numeric strings, flags in every spelling the
 * service's pages use, unknown keys kept, keys nothing depends on never a reason to fail. Source: README.md, "Methods and fields".
 */
import * as z from 'zod';
import { parseTimestamp } from './timestamp.ts';

/** An integer, also as a numeric string: the service's pages promise the one and show the other. Source: README.md, "Transport". */
export const integer = z.union([
  z.int(),
  z
    .string()
    .regex(/^-?\d{1,16}$/)
    .transform(Number)
    .pipe(z.int()),
]);

/** Absent and null are "not said"; a word we cannot read is a broken answer. */
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
  /** A set of signs, not a regular expression. */
  pattern: z.string(),
});
const MaybePattern = Pattern.nullish()
  .catch(null)
  .transform((pattern) => pattern ?? null);

const Rule = z
  .looseObject({
    slug: z.string(),
    is_active: flag,
    /** Unit unsaid: the merchant's configuration knows it. */
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
    /** The other keys as they came: ids, durations, whatever the service adds. */
    other,
  }));

const codeIn = (timeZone: string) =>
  z
    .looseObject({
      id: integer.nullish().catch(null),
      code: z.string(),
      rule_slug: z.string().nullish(),
      // The key has to be there: a missing use_time read as "not used" could pass a spent code off as fresh.
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
      /** When it was used; null = it has not been. */
      useTime: use_time,
      /** Who used it: the `client` of `use_code`. */
      client: client ?? null,
      /** Usable from; null = no such limit. */
      startTime: start_time ?? null,
      /** Usable until, this instant excluded; null = no such limit. */
      endTime: end_time ?? null,
      isActive: is_active,
    }));

/** The schema of a `get_code` result that has a code; `timeZone` (IANA) is where times without an offset are local. */
export const codeDetailsIn = (timeZone: string) =>
  z.object({
    code: codeIn(timeZone),
    rule: Rule,
    pattern: MaybePattern,
  });

/** Not empty. By a pattern: `min` would measure, and choke on, whatever has a `length`. */
const FilledText = z.string().regex(/./s);

/** The result of `generate_code`. */
export const GeneratedCode = z.object({ code: FilledText, rule: Rule, pattern: MaybePattern });

/** The result of `generate_code_list`: text only, for a number has lost its leading zeros. */
export const GeneratedCodes = z.object({ codes: z.array(FilledText) });

export type CodeDetails = z.output<ReturnType<typeof codeDetailsIn>>;
export type PayCode = CodeDetails['code'];
export type PayCodeRule = CodeDetails['rule'];
export type PayCodePattern = z.output<typeof Pattern>;

/**
 * Reads PayCodes' `status` and its other flags, which the service's own pages write as boolean, number and string.
 *
 * `undefined` = cannot be read. That is no "no": the word `"used"` could mean "now used" or "was used before", so the caller
 * has to treat it as an unknown outcome and look. Source: README.md, "Status words".
 */
export function readStatus(value: unknown): boolean | undefined {
  if (yes.has(value)) return true;
  if (no.has(value)) return false;
  return undefined;
}

const yes = new Set<unknown>([true, 1, '1', 'true', 'True']);
const no = new Set<unknown>([false, 0, '0', 'false', 'False', null]);
