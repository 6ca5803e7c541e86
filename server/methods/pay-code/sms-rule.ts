/** The rule by which a payment can be paid by SMS: what one SMS costs has to be what is due, as the merchant's policy has it. */
import type { PaymentRecord } from '../../payments/model/records.ts';
import type { PayCodeRule, PayCodeSettings } from './account.ts';
import { askedOf } from './asked.ts';

export type SmsRule = Extract<PayCodeRule, { sms: unknown }>;

/** Null where there is none, or none fits. */
export function smsRule(
  settings: PayCodeSettings | undefined,
  payment: Pick<PaymentRecord, 'amount' | 'discount' | 'currency'>,
  kind: SmsRule['kind'],
): SmsRule | null {
  if (!settings) return null;
  const { due, policy } = askedOf(payment, settings, false);
  const fits = ({ price }: SmsRule['sms']) => policy === 'ignore' || price === due || (policy === 'at_least' && price > due);
  const found = settings.rules.find(
    (rule): rule is SmsRule => 'sms' in rule && rule.kind === kind && rule.currency === payment.currency && fits(rule.sms),
  );
  return found ?? null;
}
