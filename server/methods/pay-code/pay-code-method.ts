/** Pay codes as `payments/` knows them: what they are offered for, how one begins, how one is settled. */
import type { EntryAction } from '#contract';
import type { MethodPort } from '../../payments/ports.ts';
import type { PayCodeParts } from './pay-code-parts.ts';
import { rulesFor } from './rules-for.ts';
import type { PayCodeRule, PayCodeSettings } from './settings.ts';
import { settle } from './settle.ts';

export function createPayCodeMethod(parts: PayCodeParts): MethodPort {
  const rules = (merchantId: string, currency: string) => rulesFor(parts.account(merchantId)?.settings, currency);
  return {
    method: 'pay_code',
    offers: (merchantId, currency) => rules(merchantId, currency).length > 0,
    entryAction: async (payment) =>
      entryAction(rules(payment.merchantId, payment.currency), parts.account(payment.merchantId)?.settings.amountPolicy),
    settle: (unsettled) => settle(parts, parts.account(unsettled.payment.merchantId), unsettled),
  };
}

/** Alphabet and length are told only where all rules agree: a good code must never be refused by the page. */
function entryAction(rules: PayCodeRule[], policy: PayCodeSettings['amountPolicy'] | undefined): EntryAction {
  const alphabet = agreed(rules.map((rule) => rule.alphabet));
  const length = agreed(rules.map((rule) => rule.length));
  return {
    kind: 'enter_code',
    ...(alphabet ? { alphabet } : {}),
    ...(length ? { length } : {}),
    ...(policy === 'at_least' && { excess: 'ask' }),
  };
}

const agreed = <T>([first, ...others]: T[]): T | undefined => (others.every((other) => other === first) ? first : undefined);
