/** The four methods of PayCodes. Each is synchronous, and so atomic. */
import * as z from 'zod';
import { generateCodes } from './code-book.ts';
import type { CodeRecord } from './code-record.ts';
import type { Environment } from './environment.ts';
import { useCode } from './environment.ts';
import { RpcError } from './rpc-error.ts';
import { pattern } from './seed.ts';

interface Method {
  params: z.ZodType;
  run(environment: Environment, params: never): object;
}

const text = (longest: number) => z.string().min(1).max(longest);
const Lookup = z.object({ code: text(64), rule_slug: text(64) });
const Use = Lookup.extend({ client: text(128) });
const Generate = z.object({
  rule_slug: text(64),
  creator: text(64),
  valid_from: z.string().nullish(),
  valid_to: z.string().nullish(),
});
const GenerateList = Generate.extend({ number_of_codes: z.unknown().optional() });
const Count = z.coerce.number().int().min(1).max(1000);

export const methods = {
  get_code: {
    params: Lookup,
    run({ book }, { code, rule_slug }: z.infer<typeof Lookup>) {
      const rule = book.rule(rule_slug);
      const found = book.find(code, rule_slug);
      if (!found) throw new RpcError('code_not_found');
      return { code: wireCode(found), pattern, rule };
    },
  },
  use_code: {
    params: Use,
    run(environment, { code, rule_slug, client }: z.infer<typeof Use>) {
      return { status: useCode(environment, code, rule_slug, client) };
    },
  },
  generate_code: {
    params: Generate,
    run(environment, params: z.infer<typeof Generate>) {
      const [code] = generateCodes(environment.book, params, 1, environment.now);
      return { code, pattern, rule: environment.book.rule(params.rule_slug) };
    },
  },
  generate_code_list: {
    params: GenerateList,
    run(environment, params: z.infer<typeof GenerateList>) {
      const count = Count.safeParse(params.number_of_codes);
      if (!count.success) throw new RpcError('bad_number_of_codes');
      return { codes: generateCodes(environment.book, params, count.data, environment.now) };
    },
  },
} satisfies Record<string, Method>;

function wireCode(code: CodeRecord) {
  const time = (value: number | null) => (value === null ? null : formatTimestamp(value));
  return {
    code: code.code,
    gen_time: formatTimestamp(code.genTime),
    id: code.id,
    creator: code.creator,
    end_time: time(code.endTime),
    start_time: time(code.startTime),
    rule_slug: code.ruleSlug,
    use_time: time(code.useTime),
    is_active: code.isActive,
    client: code.client,
  };
}

/** Whether PayCodes has a method of this name. */
export const isMethod = (name: string): name is keyof typeof methods => Object.hasOwn(methods, name);

/**
 * A time in PayCodes' form, as PostgreSQL in Warsaw prints it: `2014-07-24 18:23:30.586785+02`, with microseconds and a two-digit
 * offset. The clock has no microseconds, so they are always 785, which is not zero so that clients must handle them.
 */
export function formatTimestamp(time: number): string {
  const zone = formatter.formatToParts(time).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT+00';
  const offset = zone.slice('GMT'.length, 'GMT+00'.length); // whole hours in Warsaw, all through living memory
  const local = new Date(time + Number(offset) * 3_600_000).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 23)}785${offset}`;
}

const formatter = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Warsaw', timeZoneName: 'longOffset' });
