/** The four methods of PayCodes, each one synchronous step: nothing can come between the test of a code and its use. */
import * as z from 'zod';
import type { CodeBook } from './code-book.ts';
import type { CodeRecord } from './code-record.ts';
import { drawCode } from './draw-code.ts';
import { formatTimestamp } from './format-timestamp.ts';
import { RpcError } from './rpc-error.ts';
import { pattern } from './seed-rules.ts';
import { unusableReason } from './unusable-reason.ts';
import { validity } from './validity.ts';

export interface World {
  book: CodeBook;
  now: number;
  /** How `use_code` says that an existing code cannot be used: `status: false`, or an error. The documents leave it open. */
  unusable: 'status' | 'error';
}

interface Method {
  params: z.ZodType;
  run(world: World, params: never): object;
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
    run({ book, now, unusable }, { code, rule_slug, client }: z.infer<typeof Use>) {
      const rule = book.rule(rule_slug);
      const found = book.find(code, rule_slug);
      if (!found) return { status: false };
      const reason = unusableReason(found, rule, now);
      if (reason && unusable === 'error') throw new RpcError('code_not_usable', { reason });
      if (!reason) book.use(found, client, now);
      return { status: !reason };
    },
  },
  generate_code: {
    params: Generate,
    run(world, params: z.infer<typeof Generate>) {
      const [code] = generate(world, params, 1);
      return { code, pattern, rule: world.book.rule(params.rule_slug) };
    },
  },
  generate_code_list: {
    params: GenerateList,
    run(world, params: z.infer<typeof GenerateList>) {
      const count = Count.safeParse(params.number_of_codes);
      if (!count.success) throw new RpcError('bad_number_of_codes');
      return { codes: generate(world, params, count.data) };
    },
  },
} satisfies Record<string, Method>;

/** Makes all or none. */
function generate({ book, now }: World, params: z.infer<typeof Generate>, count: number): string[] {
  const rule = book.rule(params.rule_slug);
  if (!rule.is_active) throw new RpcError('rule_inactive');
  const fresh = { ruleSlug: rule.slug, creator: params.creator, genTime: now, useTime: null, client: null, isActive: true };
  const record = { ...fresh, ...validity(params, rule, now) };
  const drawn = new Set<string>();
  while (drawn.size < count) drawn.add(drawCode(rule, (code) => drawn.has(code) || book.find(code, rule.slug) !== undefined));
  book.add([...drawn].map((code) => ({ ...record, code })));
  return [...drawn];
}

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
