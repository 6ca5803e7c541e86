/** Pay codes as `payments/` knows them: what they are offered for, how one begins, how one is settled, watched and shown. */
import type { EntryAction, NextAction } from '#contract';
import type { MethodPort } from '../../payments/model/ports.ts';
import type { AttemptRecord, PaymentRecord } from '../../payments/model/records.ts';
import type { PayCodeDeps, PayCodeSettings } from './account.ts';
import { rulesFor } from './account.ts';
import { unsealPlain } from './codes.ts';
import type { RedeemDiscountDeps } from './discount.ts';
import { pollDiscount } from './discount.ts';
import { pollLateCode, pollShownCode } from './poll-shown-code.ts';
import { selectSmsRule } from './pricing.ts';
import { reconcilePayCode } from './settle.ts';
import { codePlaceholder } from './show-code.ts';

/** @param burning What a discount code needs that nobody came back for. */
export function createPayCodeMethod(parts: PayCodeDeps, burning?: () => RedeemDiscountDeps): MethodPort {
  const settingsOf = (merchantId: string) => parts.account(merchantId)?.settings;
  return {
    method: 'pay_code',
    offers: (merchantId, currency) => {
      const rules = settingsOf(merchantId)?.rules ?? [];
      // A discount alone pays nothing.
      return rules.some((rule) => rule.currency === currency && rule.kind !== 'discount');
    },
    entryAction: async (payment) => entryAction(payment, settingsOf(payment.merchantId)),
    reconcile: (unsettled) => reconcilePayCode(parts, parts.account(unsettled.payment.merchantId), unsettled),
    poll: (unsettled) => {
      const account = parts.account(unsettled.payment.merchantId);
      if (unsettled.attempt.status === 'refused') return pollLateCode(parts, account, unsettled);
      return unsettled.attempt.status === 'held' && burning
        ? pollDiscount(burning(), unsettled)
        : pollShownCode(parts, account, unsettled);
    },
    reveal: (attempt) => reveal(parts, attempt),
  };
}

/** Alphabet and length are told only where all rules agree: a good code must never be refused by the page. */
function entryAction(payment: PaymentRecord, settings: PayCodeSettings | undefined): EntryAction {
  const rules = rulesFor(settings, payment.currency);
  const alphabet = agreed(rules.map((rule) => rule.alphabet));
  const length = agreed(rules.map((rule) => rule.length));
  return {
    kind: 'enter_code',
    ...(alphabet ? { alphabet } : {}),
    ...(length ? { length } : {}),
    ...(settings?.amountPolicy === 'at_least' && { excess: 'ask' }),
    ...(selectSmsRule(settings, payment, 'sms') && { sms: true }),
    ...(selectSmsRule(settings, payment, 'reversed') && { reversed: true }),
  };
}

const agreed = <T>([first, ...others]: T[]): T | undefined => (others.every((other) => other === first) ? first : undefined);

/** The code that is to be sent lies sealed, and is put into the text only where the customer looks. Its place alone is never shown. */
function reveal({ sealer }: PayCodeDeps, attempt: AttemptRecord): NextAction | null {
  const { action, sealed } = attempt;
  if (action?.kind !== 'send_sms' || !action.text.includes(codePlaceholder)) return action;
  if (sealed === null) return null;
  const code = unsealPlain(sealer, attempt);
  return { ...action, text: action.text.replaceAll(codePlaceholder, () => code) };
}
