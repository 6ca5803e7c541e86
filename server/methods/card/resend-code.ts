/** A customer wants another SMS: the code before it is void from then on. */
import type { PaymentRecord } from '../../payments/model/records.ts';
import { accountFor } from './account-for.ts';
import type { PayingParts } from './card-parts.ts';
import { workOnCard } from './card-session.ts';
import { openCard } from './sealed-card.ts';
import { sendCode } from './send-code.ts';
import { shownIn } from './sms-confirmation.ts';

/** As `submitCardCode`; `too_many_attempts` before the time has come, or where no more SMS are sent. */
export async function resendCode(parts: PayingParts, payment: PaymentRecord): Promise<void> {
  const account = accountFor(parts, payment);
  const attempt = await parts.payments.resume(payment.id, {
    method: 'card',
    action: 'enter_card_code',
    gone: 'sms_code_expired',
    guard({ action }, now) {
      if (action?.kind !== 'enter_card_code' || action.resendAt === null) return { code: 'too_many_attempts' };
      return Date.parse(action.resendAt) > now ? { code: 'too_many_attempts', retryAt: action.resendAt } : null;
    },
  });
  await workOnCard(parts, account, payment, attempt, (work) => {
    return sendCode(work, openCard(parts.sealer, attempt), shownIn(attempt));
  });
}
