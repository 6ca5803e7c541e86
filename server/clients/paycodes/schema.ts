/**
 * The form of PayCodes' codes, rules, patterns and times. Reading is tolerant: integers may be numeric strings, flags may have every
 * spelling that the service's pages use, unknown keys are ignored, and a key that nothing depends on never makes an answer fail.
 * Source: README.md, "Methods and fields".
 */
import * as z from 'zod';

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
  })
  .transform(({ slug, is_active, price, config }) => ({ slug, isActive: is_active, price: price ?? null, config: config ?? {} }));

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

/**
 * Reads a time as PayCodes writes it: PostgreSQL's `timestamptz` text, `2014-07-24 18:23:30.586785+02`.
 *
 * Read by hand, because `new Date` refuses that offset or accepts it only by V8's leniency. Microseconds are cut to milliseconds.
 * A time without an offset is local to `timeZone` (IANA name); in the hour that autumn repeats, the first one is meant.
 * `undefined` = not such a time. Source: README.md, "Times".
 */
export function parseTimestamp(text: string, timeZone: string): Date | undefined {
  const found = timestampPattern.exec(text);
  if (!found) return undefined;
  const [, day, clock, fraction = '', offset] = found;
  const millis = fraction.slice(0, 3).padEnd(3, '0');
  const asUtc = new Date(`${day}T${clock}.${millis}Z`);
  // A day that does not exist is either no date at all or rolls over into the next month. Neither may pass.
  if (Number.isNaN(asUtc.getTime()) || asUtc.toISOString() !== `${day}T${clock}.${millis}Z`) return undefined;
  if (offset === undefined) return atLocalTime(asUtc, timeZone);
  const ahead = offsetInMinutes(offset);
  return ahead === undefined ? undefined : new Date(asUtc.getTime() - ahead * 60_000);
}

const timestampPattern = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(Z|[+-]\d\d(?::?\d\d)?)?$/;

function offsetInMinutes(offset: string): number | undefined {
  if (offset === 'Z') return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(3).replace(':', '') || '0');
  if (hours > 15 || minutes > 59) return undefined; // PostgreSQL never writes more than ±15:59
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** The instant at which clocks in the zone show this time. In the hour that spring skips, the offset before it is used. */
function atLocalTime(asUtc: Date, timeZone: string): Date {
  const local = asUtc.getTime();
  const dayBefore = local - zoneOffset(local - 86_400_000, timeZone);
  const dayAfter = local - zoneOffset(local + 86_400_000, timeZone);
  const exact = [dayBefore, dayAfter].find((instant) => instant + zoneOffset(instant, timeZone) === local);
  return new Date(exact ?? dayBefore);
}

/** How far the zone is ahead of UTC at an instant, in milliseconds. */
function zoneOffset(instant: number, timeZone: string): number {
  const fields = formatterOf(timeZone).formatToParts(instant);
  const name = fields.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  return (offsetInMinutes(name.slice('GMT'.length) || 'Z') ?? 0) * 60_000;
}

const formatters = new Map<string, Intl.DateTimeFormat>();
function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}
