/** Generates pay codes for the merchant's back office, one or many, each request once per Idempotency-Key, and looks codes up. */
import type { GeneratePayCode, GeneratePayCodes, LookUpPayCode, PayCodeView } from '#contract';
import { minorUnitDigits } from '#contract';
import { UpstreamError } from '../../clients/http.ts';
import { codeState, priceInMinorUnits } from '../../clients/paycodes/answers.ts';
import { OperatorNotice, ProblemError } from '../../payments/model/errors.ts';
import { newId } from '../../payments/model/ids.ts';
import { merchantCallDeadline } from '../../payments/model/time.ts';
import { findRule, type PayCodeAccount, type PayCodeDeps, type PayCodeRule } from './account.ts';
import { type BatchRequest, type CodeBatchDeps, generateOnce } from './code-batch.ts';

export type GenerateCodesDeps = PayCodeDeps & CodeBatchDeps;

/**
 * Throws `method_unavailable`; `invalid_request` where the rule is not one of the merchant's, or PayCodes refuses;
 * `provider_unavailable`; and what `generateOnce` throws.
 * @param key The caller's Idempotency-Key.
 */
export async function generateCode(
  deps: GenerateCodesDeps,
  merchantId: string,
  body: GeneratePayCode,
  key: string,
): Promise<PayCodeView> {
  const { account, rule } = generatingRule(deps, merchantId, body.rule);
  checkValidity(body);
  const request: BatchRequest = { merchantId, operation: 'generate_code', key, body, rule: rule.slug, count: 1 };
  const { batchId, codes, price } = await generateOnce(deps, request, async (creator) => {
    const answer = await countCall(deps, 'generate_code', () =>
      account.client.generateCode({ ruleSlug: rule.slug, creator, ...validity(body) }, merchantCallDeadline()),
    );
    if (answer.kind === 'refused') throw refusedByPayCodes(answer.code);
    return { codes: [answer.code], price: toMinorUnits(answer.rule.price, rule) };
  });
  const [code = ''] = codes;
  return { batchId, rule: rule.slug, code, price, currency: rule.currency };
}

/** Throws as `generateCode` does. May return fewer or more codes than requested, if PayCodes does. */
export async function generateCodes(
  deps: GenerateCodesDeps,
  merchantId: string,
  body: GeneratePayCodes,
  key: string,
): Promise<{ batchId: string; rule: string; codes: string[] }> {
  const { account, rule } = generatingRule(deps, merchantId, body.rule);
  checkValidity(body);
  const { count } = body;
  const request: BatchRequest = { merchantId, operation: 'generate_code_list', key, body, rule: rule.slug, count };
  const { batchId, codes } = await generateOnce(deps, request, async (creator) => {
    const answer = await countCall(deps, 'generate_code_list', () =>
      account.client.generateCodeList({ ruleSlug: rule.slug, count, creator, ...validity(body) }, merchantCallDeadline()),
    );
    if (answer.kind === 'refused') throw refusedByPayCodes(answer.code);
    if (answer.codes.length !== count)
      deps.observer.failure('pay codes', new OperatorNotice(`asked for ${count} codes, got ${answer.codes.length}`));
    return { codes: answer.codes, price: null };
  });
  return { batchId, rule: rule.slug, codes };
}

/**
 * Reads one code for the back office, and audits the request. Throws `method_unavailable`, `invalid_request`, `not_found`,
 * `provider_unavailable`.
 */
export async function lookUpCode(deps: GenerateCodesDeps, merchantId: string, body: LookUpPayCode) {
  const account = requireAccount(deps, merchantId);
  const rule = requireRule(account, body.rule);
  await deps.store.insertAudit({
    id: newId('aud'),
    // The event belongs to no payment.
    paymentId: '',
    merchantId,
    type: 'pay_codes.get_code',
    data: { rule: body.rule, count: 1 },
    at: deps.clock.now(),
  });
  const answer = await countCall(deps, 'get_code', () =>
    account.client.getCode({ code: body.code, ruleSlug: rule.slug }, merchantCallDeadline()),
  ).catch((cause: unknown) => {
    throw cause instanceof UpstreamError ? new ProblemError('provider_unavailable') : cause;
  });
  if (answer.kind !== 'found') throw new ProblemError('not_found');
  const { code } = answer;
  return {
    rule: rule.slug,
    state: codeState(answer, deps.clock.now()),
    price: toMinorUnits(answer.rule.price, rule),
    currency: rule.currency,
    validFrom: iso(code.startTime),
    validTo: iso(code.endTime),
    usedAt: iso(code.useTime),
    client: code.client,
  };
}

function requireAccount(deps: PayCodeDeps, merchantId: string): PayCodeAccount {
  const account = deps.account(merchantId);
  if (!account) throw new ProblemError('method_unavailable', { detail: 'this merchant sells nothing by code' });
  return account;
}

function requireRule(account: PayCodeAccount, slug: string): PayCodeRule {
  const rule = findRule(account, slug);
  if (!rule) throw new ProblemError('invalid_request', { status: 422, field: 'rule', detail: 'not a rule of this merchant' });
  return rule;
}

/**
 * A rule that the back office may generate codes of. Codes of `reversed` rules are generated for one payment each, by `showCode`.
 */
function generatingRule(deps: PayCodeDeps, merchantId: string, slug: string): { account: PayCodeAccount; rule: PayCodeRule } {
  const account = requireAccount(deps, merchantId);
  const rule = requireRule(account, slug);
  if (rule.kind === 'reversed')
    throw new ProblemError('invalid_request', {
      status: 422,
      field: 'rule',
      detail: 'codes of this rule are made for one payment each',
    });
  return { account, rule };
}

type Validity = Pick<GeneratePayCode, 'validFrom' | 'validTo'>;

function checkValidity({ validFrom, validTo }: Validity): void {
  if (validFrom !== undefined && validTo !== undefined && validTo < validFrom)
    throw new ProblemError('invalid_request', { status: 422, field: 'validTo', detail: 'expected a day not before validFrom' });
}

const validity = ({ validFrom, validTo }: Validity) => ({
  ...(validFrom !== undefined && { validFrom }),
  ...(validTo !== undefined && { validTo }),
});

/** Makes one call and counts it in the metrics. Throws what the call throws. */
async function countCall<Answer extends { kind: string }>(
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

const refusedByPayCodes = (code: number | null) =>
  new ProblemError('invalid_request', { status: 422, detail: `PayCodes refused it${code === null ? '' : ` with ${code}`}` });

const toMinorUnits = (price: number | null, rule: PayCodeRule): number | null =>
  price === null ? null : (priceInMinorUnits(price, { scale: rule.priceScale, digits: minorUnitDigits(rule.currency) }) ?? null);

const iso = (time: Date | null): string | null => time?.toISOString() ?? null;
