/** Codes for the merchant's back office: made one by one or many at a time, each once for one key (`code-batch.ts`), and looked up. */
import type { GeneratePayCode, GeneratePayCodes, LookUpPayCode, PayCodeView } from '#contract';
import { minorUnitDigits } from '#contract';
import { codeState, priceInMinorUnits } from '../../clients/paycodes/code-rules.ts';
import { UpstreamError } from '../../clients/upstream-error.ts';
import { newId } from '../../payments/model/ids.ts';
import { ProblemError } from '../../payments/model/problem-error.ts';
import type { PayCodeAccount, PayCodeDeps, PayCodeRule } from './account.ts';
import { type BatchRequest, type CodeBatchDeps, generateOnce } from './code-batch.ts';

export type GenerateCodesDeps = PayCodeDeps & CodeBatchDeps;

/** Throws `method_unavailable`, `invalid_request` for a rule that is none of the merchant's, `provider_unavailable`, and what `makeOnce` does. */
export async function generateCode(
  parts: GenerateCodesDeps,
  merchantId: string,
  asked: GeneratePayCode,
  key: string,
): Promise<PayCodeView> {
  const { account, rule } = makable(parts, merchantId, asked.rule);
  checkDays(asked);
  const wanted: BatchRequest = { merchantId, operation: 'generate_code', key, body: asked, rule: rule.slug, count: 1 };
  const { batchId, codes, price } = await generateOnce(parts, wanted, async (creator) => {
    const answer = await told(parts, 'generate_code', () =>
      account.client.generateCode({ ruleSlug: rule.slug, creator, ...days(asked) }, withinAnswer()),
    );
    if (answer.kind === 'refused') throw refusedAt(answer.code);
    return { codes: [answer.code], price: priceOfRule(answer.rule.price, rule) };
  });
  const [code = ''] = codes;
  return { batchId, rule: rule.slug, code, price, currency: rule.currency };
}

export async function generateCodes(
  parts: GenerateCodesDeps,
  merchantId: string,
  asked: GeneratePayCodes,
  key: string,
): Promise<{ batchId: string; rule: string; codes: string[] }> {
  const { account, rule } = makable(parts, merchantId, asked.rule);
  checkDays(asked);
  const { count } = asked;
  const wanted: BatchRequest = { merchantId, operation: 'generate_code_list', key, body: asked, rule: rule.slug, count };
  const { batchId, codes } = await generateOnce(parts, wanted, async (creator) => {
    const answer = await told(parts, 'generate_code_list', () =>
      account.client.generateCodeList({ ruleSlug: rule.slug, count, creator, ...days(asked) }, withinAnswer()),
    );
    if (answer.kind === 'refused') throw refusedAt(answer.code);
    // Fewer than were asked for: told, since whoever prints them counts.
    if (answer.codes.length !== count)
      parts.observer.failure('pay codes', new Error(`asked for ${count} codes, got ${answer.codes.length}`));
    return { codes: answer.codes, price: null };
  });
  return { batchId, rule: rule.slug, codes };
}

export async function lookUpCode(parts: GenerateCodesDeps, merchantId: string, asked: LookUpPayCode) {
  const account = accountOf(parts, merchantId);
  const rule = ruleOf(account, asked.rule);
  await parts.store.insertAudit({
    id: newId('aud'),
    // Of no payment.
    paymentId: '',
    merchantId,
    type: 'pay_codes.get_code',
    data: { rule: asked.rule, count: 1 },
    at: parts.clock.now(),
  });
  const answer = await told(parts, 'get_code', () =>
    account.client.getCode({ code: asked.code, ruleSlug: rule.slug }, withinAnswer()),
  ).catch((cause: unknown) => {
    throw cause instanceof UpstreamError ? new ProblemError('provider_unavailable') : cause;
  });
  if (answer.kind !== 'found') throw new ProblemError('not_found');
  const { code } = answer;
  return {
    rule: rule.slug,
    state: codeState(answer, parts.clock.now()),
    price: priceOfRule(answer.rule.price, rule),
    currency: rule.currency,
    validFrom: iso(code.startTime),
    validTo: iso(code.endTime),
    usedAt: iso(code.useTime),
    client: code.client,
  };
}

const iso = (time: Date | null): string | null => time?.toISOString() ?? null;
const days = ({ validFrom, validTo }: Pick<GeneratePayCode, 'validFrom' | 'validTo'>) => ({
  ...(validFrom !== undefined && { validFrom }),
  ...(validTo !== undefined && { validTo }),
});

function accountOf(parts: PayCodeDeps, merchantId: string): PayCodeAccount {
  const account = parts.account(merchantId);
  if (!account) throw new ProblemError('method_unavailable', { detail: 'this merchant sells nothing by code' });
  return account;
}

function ruleOf({ settings }: PayCodeAccount, slug: string): PayCodeRule {
  const rule = settings.rules.find((one) => one.slug === slug);
  if (!rule) throw new ProblemError('invalid_request', { status: 422, field: 'rule', detail: 'not a rule of this merchant' });
  return rule;
}

/** A code that is shown to a customer is made for that payment only. */
function makable(parts: PayCodeDeps, merchantId: string, slug: string): { account: PayCodeAccount; rule: PayCodeRule } {
  const account = accountOf(parts, merchantId);
  const rule = ruleOf(account, slug);
  if (rule.kind === 'reversed')
    throw new ProblemError('invalid_request', {
      status: 422,
      field: 'rule',
      detail: 'codes of this rule are made for one payment each',
    });
  return { account, rule };
}

function checkDays({ validFrom, validTo }: Pick<GeneratePayCode, 'validFrom' | 'validTo'>): void {
  if (validFrom !== undefined && validTo !== undefined && validTo < validFrom)
    throw new ProblemError('invalid_request', { status: 422, field: 'validTo', detail: 'expected a day not before validFrom' });
}

const refusedAt = (code: number | null) =>
  new ProblemError('invalid_request', { status: 422, detail: `PayCodes refused it${code === null ? '' : ` with ${code}`}` });

const priceOfRule = (price: number | null, rule: PayCodeRule): number | null =>
  price === null ? null : (priceInMinorUnits(price, { scale: rule.priceScale, digits: minorUnitDigits(rule.currency) }) ?? null);

/** Told to the operator's metrics. */
async function told<Answer extends { kind: string }>(
  { observer }: PayCodeDeps,
  operation: 'generate_code' | 'generate_code_list' | 'get_code',
  call: () => Promise<Answer>,
): Promise<Answer> {
  try {
    const answer = await call();
    observer.upstreamCall('paycodes', operation, answer.kind);
    return answer;
  } catch (cause) {
    if (cause instanceof UpstreamError) observer.upstreamCall('paycodes', operation, cause.fault);
    throw cause;
  }
}

/**
 * The deadline of a call that is made while a merchant waits for the answer, whatever the settings say: shorter than an answer may take
 * (`limits.ts`, 15 s), or what came of the call would be told to nobody.
 */
export const withinAnswer = (): AbortSignal => AbortSignal.timeout(withinAnswerMs);

export const withinAnswerMs = 12_000;
