/**
 * What is accepted and then ignored misleads whoever sends it, and nobody notices. So each field of a request, of the
 * configuration and of what the checkout is told is read by somebody: a property access, a destructuring, or its name in a list.
 * Answers to merchants' servers are not checked, because their readers are not here.
 */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'rolldown/utils';
import * as zod from 'zod/mini';
import type * as z from 'zod/v4/core';
import * as contract from '../../server/contract/index.ts';
import * as operate from '../../server/contract/operate.ts';
import * as acts from '../../server/contract/operate-acts.ts';
import { MerchantConfig } from '../../server/merchants.ts';
import { OperatorConfig } from '../../server/operators.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What nobody here reads, by the end of its place, and why it is there all the same. */
const exceptions: Readonly<Record<string, string>> = {
  'ProblemDetails.detail': 'for developers; it is never shown',
  'ProblemDetails.batch': 'for merchants’ servers, which ask for pay codes',
  'ProblemDetails.batch.count': 'as above',
  'attempt.endedAt': 'an attempt is the same for the checkout and for merchants’ servers, which read it',
  'PaymentPage.payments.updatedAt': 'for scripts that call the operator’s interface',
};

interface Group {
  what: string;
  schemas: Readonly<Record<string, z.$ZodType>>;
  /** Globs of the files that may read it. */
  readers: string;
}

const {
  CreatePayment,
  ChangePayment,
  ReportFiscalReceipt,
  GeneratePayCode,
  GeneratePayCodes,
  LookUpPayCode,
  ReplayWebhooks,
  ListWebhookEvents,
} = contract;
const { SubmitPayCode, StartSms, ChooseWalletRequest, SubmitTransfer, SubmitCard, SubmitCardCode } = contract;
const { SubmitSavedCard, SubmitCardToken, ReadCheckout, OpenLink, PaymentView, ProblemDetails, OpenedLink } = contract;
// `RecoverPayment` is missing, because it repeats a whole webhook, of which little is needed.
const { ResolvePayment, AcceptPayment, ReopenPayment, RefundPayment, DisposeEvidence, MatchPostback, WithNote } = acts;
const { QueuePage, PaymentPage, PaymentDetail, PostbackPage, UndeliveredPage, OperatorView, OperatorStatus } = operate;

const groups: readonly Group[] = [
  {
    what: 'the merchants file',
    schemas: { MerchantConfig, OperatorConfig },
    readers: 'server/**/*.ts',
  },
  {
    what: 'a request of a merchant’s server',
    schemas: {
      CreatePayment,
      ChangePayment,
      ReportFiscalReceipt,
      GeneratePayCode,
      GeneratePayCodes,
      LookUpPayCode,
      ReplayWebhooks,
      ListWebhookEvents,
    },
    readers: 'server/**/*.ts',
  },
  {
    what: 'a request of the checkout',
    schemas: {
      SubmitPayCode,
      StartSms,
      ChooseWalletRequest,
      SubmitTransfer,
      SubmitCard,
      SubmitCardCode,
      SubmitSavedCard,
      SubmitCardToken,
      ReadCheckout,
      OpenLink,
    },
    readers: 'server/**/*.ts',
  },
  {
    what: 'an act of a person',
    schemas: {
      ResolvePayment,
      AcceptPayment,
      ReopenPayment,
      RefundPayment,
      DisposeEvidence,
      MatchPostback,
      WithNote,
    },
    readers: 'server/**/*.ts',
  },
  {
    what: 'what the checkout is told',
    schemas: { PaymentView, ProblemDetails, OpenedLink },
    readers: '{widget/**/*,server/contract/*}.ts',
  },
  {
    what: 'what an operator is told',
    schemas: { QueuePage, PaymentPage, PaymentDetail, PostbackPage, UndeliveredPage, OperatorView, OperatorStatus },
    readers: 'server/operate/{console,cli}/**/*.ts',
  },
];

/** Places of all fields: `CreatePayment.items.title`. */
function fieldsOf(schema: z.$ZodType, place: string, seen: readonly z.$ZodType[] = []): string[] {
  // The whole payment as merchants' servers are told it stands inside other answers and requests, too.
  if (seen.includes(schema) || (schema as unknown) === contract.Payment) return [];
  const { def } = schema._zod as unknown as { def: Record<string, unknown> };
  const inner = (next: unknown, at = place) => fieldsOf(next as z.$ZodType, at, [...seen, schema]);
  if (def.type === 'object')
    return Object.entries(def.shape as Record<string, z.$ZodType>).flatMap(([name, field]) => [
      `${place}.${name}`,
      ...inner(field, `${place}.${name}`),
    ]);
  const below = [def.innerType, def.element, def.valueType, def.in, def.out, ...((def.options as unknown[] | undefined) ?? [])];
  return below.filter((next) => Object(next)._zod !== undefined).flatMap((next) => inner(next));
}

const readNames = new Map<string, ReadonlySet<string>>();

/** Names that are read anywhere in these files; a name that is only a key of an object is written, not read. */
function namesReadIn(glob: string): ReadonlySet<string> {
  const known = readNames.get(glob);
  if (known) return known;
  const names = new Set<string>();
  for (const path of globSync(glob, { cwd: root, exclude: (name) => name === '.types' })) {
    if (!path.endsWith('.d.ts')) for (const name of namesReadBy(path, readFileSync(join(root, path), 'utf8'))) names.add(name);
  }
  readNames.set(glob, names);
  return names;
}

function namesReadBy(path: string, source: string): Set<string> {
  const names = new Set<string>();
  const inSchemas = path.startsWith('server/contract/');
  new Visitor({
    MemberExpression({ computed, property }) {
      if (!computed && property.type === 'Identifier') names.add(property.name);
    },
    ObjectPattern({ properties }) {
      for (const property of properties)
        if (property.type === 'Property' && property.key.type === 'Identifier') names.add(property.key.name);
    },
    Literal({ value }) {
      if (typeof value === 'string' && /^\w+$/.test(value) && !inSchemas) names.add(value);
    },
  }).visit(parseSync(path, source).program);
  return names;
}

/** Fields of these schemas that nobody reads. */
const unread = ({ schemas, readers }: Group): string[] => {
  const read = namesReadIn(readers);
  const places = Object.entries(schemas).flatMap(([name, schema]) => fieldsOf(schema, name));
  return [...new Set(places)].filter((place) => !read.has(place.split('.').at(-1) ?? ''));
};

const isException = (place: string) => Object.keys(exceptions).some((end) => `.${place}`.endsWith(`.${end}`));

describe('every field has a reader', () => {
  for (const group of groups) {
    it(group.what, () => {
      assert.deepEqual(
        unread(group).filter((place) => !isException(place)),
        [],
      );
    });
  }

  it('and one that has none is named, however deep it is', () => {
    const planted = zod.object({
      amount: zod.int(),
      items: zod.optional(zod.array(zod.strictObject({ nobodyReadsThis: zod.string() }))),
    });
    assert.deepEqual(unread({ what: '', schemas: { CreatePayment: planted }, readers: 'server/**/*.ts' }), [
      'CreatePayment.items.nobodyReadsThis',
    ]);
  });

  it('and no exception is there without need', () => {
    const all = groups.flatMap(unread);
    assert.deepEqual(
      Object.keys(exceptions).filter((end) => !all.some((place) => `.${place}`.endsWith(`.${end}`))),
      [],
    );
  });
});
