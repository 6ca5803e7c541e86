/** Payme's methods: who may call each, and what it answers. Source: payme.md §1 and §3. */
import { CardResult, ReceiptListResult, ReceiptResult, StateResult, SuccessResult, VerifyCodeResult } from './schema.ts';

/** `withKey`: whether the `X-Auth` of the call is `{id}:{key}`; otherwise it is `{id}` alone. */
export const methods = {
  'cards.create': { withKey: false, result: CardResult },
  'cards.get_verify_code': { withKey: false, result: VerifyCodeResult },
  'cards.verify': { withKey: false, result: CardResult },
  'cards.check': { withKey: true, result: CardResult },
  'cards.remove': { withKey: true, result: SuccessResult },
  'receipts.create': { withKey: true, result: ReceiptResult },
  'receipts.pay': { withKey: true, result: ReceiptResult },
  'receipts.send': { withKey: true, result: SuccessResult },
  'receipts.cancel': { withKey: true, result: ReceiptResult },
  'receipts.check': { withKey: true, result: StateResult },
  'receipts.get': { withKey: true, result: ReceiptResult },
  'receipts.get_all': { withKey: true, result: ReceiptListResult },
  'receipts.confirm_hold': { withKey: true, result: ReceiptResult },
  'receipts.set_fiscal_data': { withKey: true, result: SuccessResult },
} as const;
