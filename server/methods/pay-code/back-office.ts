/** Codes for the merchant's back office: made one by one or many at a time, and looked up. What is made is money: told once, kept nowhere. */
import type { GeneratePayCode, GeneratePayCodes, LookUpPayCode, PayCodeView } from '#contract';
import { minorUnitDigits } from '#contract';
import { codeState } from '../../clients/paycodes/code-state.ts';
import { priceInMinorUnits } from '../../clients/paycodes/price-in-minor-units.ts';
import { UpstreamError } from '../../clients/upstream-error.ts';
import { newId } from '../../payments/new-id.ts';
import type { Store } from '../../payments/ports.ts';
import { ProblemError } from '../../payments/problem-error.ts';
import type { PayCodeAccount, PayCodeParts } from './pay-code-parts.ts';
import type { PayCodeRule } from './settings.ts';

export interface BackOfficeParts extends PayCodeParts {
  store: Pick<Store, 'insertAudit'>;
}

/** Throws `method_unavailable`, `invalid_request` for a rule that is none of the merchant's, `provider_unavailable`. */
export async function generateCode(parts: BackOfficeParts, merchantId: string, asked: GeneratePayCode): Promise<PayCodeView> {
  const { account, rule } = makable(parts, merchantId, asked.rule);
  checkDays(asked);
  const answer = await ask(parts, merchantId, 'generate_code', asked.rule, 1, (creator) =>
    account.client.generateCode({ ruleSlug: rule.slug, creator, ...days(asked) }),
  );
  if (answer.kind === 'refused') throw refusedAt(answer.code);
  return { rule: rule.slug, code: answer.code, price: priceOfRule(answer.rule.price, rule), currency: rule.currency };
}

export async function generateCodes(
  parts: BackOfficeParts,
  merchantId: string,
  asked: GeneratePayCodes,
): Promise<{ rule: string; codes: string[] }> {
  const { account, rule } = makable(parts, merchantId, asked.rule);
  checkDays(asked);
  const answer = await ask(parts, merchantId, 'generate_code_list', asked.rule, asked.count, (creator) =>
    account.client.generateCodeList({ ruleSlug: rule.slug, count: asked.count, creator, ...days(asked) }),
  );
  if (answer.kind === 'refused') throw refusedAt(answer.code);
  // Fewer than were asked for: told, since whoever prints them counts.
  if (answer.codes.length !== asked.count)
    parts.observer.failure('pay codes', new Error(`asked for ${asked.count} codes, got ${answer.codes.length}`));
  return { rule: rule.slug, codes: answer.codes };
}

export async function lookUpCode(parts: BackOfficeParts, merchantId: string, asked: LookUpPayCode) {
  const account = accountOf(parts, merchantId);
  const rule = ruleOf(account, asked.rule);
  const answer = await ask(parts, merchantId, 'get_code', asked.rule, 1, () =>
    account.client.getCode({ code: asked.code, ruleSlug: rule.slug }),
  );
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

function accountOf(parts: PayCodeParts, merchantId: string): PayCodeAccount {
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
function makable(parts: PayCodeParts, merchantId: string, slug: string): { account: PayCodeAccount; rule: PayCodeRule } {
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

/** Audited before it is asked, and told to the operator's metrics; a fault becomes `provider_unavailable`. */
async function ask<Answer extends { kind: string }>(
  { store, clock, observer, account }: BackOfficeParts,
  merchantId: string,
  operation: 'generate_code' | 'generate_code_list' | 'get_code',
  rule: string,
  count: number,
  call: (creator: string) => Promise<Answer>,
): Promise<Answer> {
  await store.insertAudit({
    id: newId('aud'),
    // Of no payment.
    paymentId: '',
    merchantId,
    type: `pay_codes.${operation}`,
    data: { rule, count },
    at: clock.now(),
  });
  try {
    const answer = await call(account(merchantId)?.settings.creator ?? `payment-widget:${merchantId}`);
    observer.upstreamCall('paycodes', operation, answer.kind);
    return answer;
  } catch (cause) {
    if (!(cause instanceof UpstreamError)) throw cause;
    observer.upstreamCall('paycodes', operation, cause.fault);
    throw new ProblemError('provider_unavailable');
  }
}
