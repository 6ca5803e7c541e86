/**
 * Payment by code: the port that `payments/` calls, the routes of customers and of merchants' servers, and the redemption of
 * discounts.
 */
import type { FastifyPluginAsync } from 'fastify';
import type { EntryAction, NextAction } from '#contract';
import type { MethodPort } from '../../payments/model/ports.ts';
import type { AttemptRecord, PaymentRecord } from '../../payments/model/records.ts';
import { type PayCodeDeps, type PayCodePaymentDeps, type PayCodeSettings, rulesFor } from './account.ts';
import { payCodesIntent, redemptionClientId } from './codes.ts';
import { pollDiscount, type RedemptionResult, redeemDiscount } from './discount.ts';
import { payCodeMerchantRoutes } from './merchant-routes.ts';
import { pollLateCode, pollShownCode, unsealOrReport } from './poll-shown-code.ts';
import { selectSmsRule, upstreamOf } from './pricing.ts';
import { readPayCodeOutcome } from './read-outcome.ts';
import { reconcilePayCode } from './reconcile.ts';
import { payCodeRoutes } from './routes.ts';
import { codePlaceholder } from './show-code.ts';

export interface PayCodes {
  port: MethodPort;
  /**
   * `/checkout/pay-code`, `/checkout/sms-code/start`, `/checkout/reversed-sms/start` and `/checkout/discount`; they need
   * `request.payment`.
   */
  routes: FastifyPluginAsync;
  /** `/v1/pay-codes…`; they need `request.merchant`. */
  merchantRoutes: FastifyPluginAsync;
  /**
   * Redeems the discount code of a payment, if it has one. Every method calls this before it charges the rest. Throws
   * `payment_expired` and `payment_processing` where the code must not be used any more.
   */
  redeemDiscount(paymentId: string): Promise<RedemptionResult>;
}

export function createPayCodes(deps: PayCodePaymentDeps): PayCodes {
  const settingsOf = (merchantId: string) => deps.account(merchantId)?.settings;
  return {
    port: {
      method: 'pay_code',
      // A discount alone pays nothing, so a merchant with discount rules only does not offer the method.
      offers: (merchantId, currency) =>
        settingsOf(merchantId)?.rules.some((rule) => rule.currency === currency && rule.kind !== 'discount') ?? false,
      entryAction: async (payment) => entryAction(payment, settingsOf(payment.merchantId)),
      reconcile: (pending) => reconcilePayCode(deps, deps.account(pending.payment.merchantId), pending),
      poll: (pending) => {
        const account = deps.account(pending.payment.merchantId);
        return pending.attempt.status === 'declined'
          ? pollLateCode(deps, account, pending)
          : pollShownCode(deps, account, pending);
      },
      pollDiscount: (pending) => pollDiscount(deps, pending),
      readOutcome: (pending) => readPayCodeOutcome(deps, deps.account(pending.payment.merchantId), pending),
      decisionKey: (_payment, attempt) => ({ account: 'paycodes', key: redemptionClientId(attempt.id) }),
      lostAttempt: (merchantId, { id }) => {
        const settings = settingsOf(merchantId);
        const use = payCodesIntent(redemptionClientId(id), { operation: 'use_code', notes: { rule: '' } });
        return settings ? { upstream: upstreamOf(settings), calls: [use], claim: null } : null;
      },
      // A code's own id tells nothing: PayCodes says who used a code only where it is asked by the code, which a webhook does not carry.
      isMoneyOfAnother: async (_payment, { id }, upstreamId) => {
        const named = /^(?:pw|sms):(att_\w+)$/.exec(upstreamId)?.[1];
        return named !== undefined && named !== id;
      },
      reveal: (attempt) => reveal(deps, attempt),
    },
    routes: async (app) => void app.register(payCodeRoutes, deps),
    merchantRoutes: async (app) => void app.register(payCodeMerchantRoutes, deps),
    redeemDiscount: (paymentId) => redeemDiscount(deps, paymentId),
  };
}

/** The form for a typed code. It gets an alphabet and a length only where all rules agree: it must never reject a good code. */
function entryAction(payment: PaymentRecord, settings: PayCodeSettings | undefined): EntryAction {
  const rules = rulesFor(settings, payment.currency);
  const alphabet = commonValue(rules.map((rule) => rule.alphabet));
  const length = commonValue(rules.map((rule) => rule.length));
  return {
    kind: 'enter_code',
    ...(alphabet ? { alphabet } : {}),
    ...(length ? { length } : {}),
    ...(settings?.amountPolicy === 'at_least' && { excessConsent: true as const }),
    ...(selectSmsRule(settings, payment, 'sms') && { canBuyBySms: true }),
    ...(selectSmsRule(settings, payment, 'reversed') && { canPayBySms: true }),
  };
}

/** Undefined where the values differ. */
const commonValue = <T>([first, ...others]: T[]): T | undefined => (others.every((other) => other === first) ? first : undefined);

/**
 * The action as the customer sees it. A shown code is stored sealed and put into the text only here. Null where the code has been
 * erased or cannot be decrypted: the text with the placeholder alone is never shown.
 */
function reveal(deps: PayCodeDeps, attempt: AttemptRecord): NextAction | null {
  const { action, sealed } = attempt;
  if (action?.kind !== 'send_sms' || !action.text.includes(codePlaceholder)) return action;
  const code = sealed === null ? null : unsealOrReport(deps, attempt);
  return code === null ? null : { ...action, text: action.text.replaceAll(codePlaceholder, () => code) };
}
