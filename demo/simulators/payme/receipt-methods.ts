/** The methods of receipts that move no money: create, send, read. */
import * as z from 'zod';
import type { Environment } from './environment.ts';
import { RpcError } from './rpc-error.ts';
import { findReceipt, wireReceipt } from './wire-receipt.ts';

const Create = z.object({
  amount: z.number(),
  account: z.record(z.string(), z.unknown()),
  description: z.string().nullish(),
  detail: z.record(z.string(), z.unknown()).nullish(),
  hold: z.boolean().nullish(),
});
const ById = z.object({ id: z.string() });
const Send = ById.extend({ phone: z.string() });
const GetAll = z.object({ count: z.int().min(1), from: z.number(), to: z.number(), offset: z.int().min(0) });
const SetFiscalData = ById.extend({ fiscal_data: z.looseObject({ receipt_id: z.int(), qr_code_url: z.string() }) });

export const receiptMethods = {
  'receipts.create': {
    params: Create,
    run(environment: Environment, { amount, account, description, detail, hold }: z.infer<typeof Create>) {
      const { settings, receipts, now } = environment;
      if (!Number.isSafeInteger(amount)) throw new RpcError('invalid_value', { data: 'amount' });
      if (amount < settings.amountMin || amount <= 0) throw new RpcError('amount_too_small', { data: 'amount' });
      if (amount > settings.amountMax) throw new RpcError('amount_too_large', { data: 'amount' });
      const override = settings.lieAbout.receipt ?? {};
      const order = {
        amount: override.amount ?? amount,
        currency: override.currency ?? 860,
        account,
        description: description ?? '',
        detail: detail ?? null,
        hold: hold ?? false,
      };
      return { receipt: wireReceipt(receipts.add(order, now, override._id), environment) };
    },
  },
  'receipts.send': {
    params: Send,
    run(environment: Environment, { id, phone }: z.infer<typeof Send>) {
      const receipt = findReceipt(environment, id);
      if (!/^998\d{9}$/.test(phone)) throw new RpcError('invalid_value', { data: 'phone' });
      environment.cards.send(environment.now, `${phone.slice(0, 5)}*****${phone.slice(-2)}`, `Payme: чек № ${receipt.number}`);
      return { success: true };
    },
  },
  'receipts.check': {
    params: ById,
    run: (environment: Environment, { id }: z.infer<typeof ById>) => ({ state: findReceipt(environment, id).state }),
  },
  'receipts.get': {
    params: ById,
    run: (environment: Environment, { id }: z.infer<typeof ById>) => ({
      receipt: wireReceipt(findReceipt(environment, id), environment),
    }),
  },
  'receipts.get_all': {
    params: GetAll,
    /** Newest first, as a plain list; `to` includes its whole day. */
    run: (environment: Environment, { count, from, to, offset }: z.infer<typeof GetAll>) =>
      environment.receipts
        .receipts()
        .filter(({ createTime }) => createTime >= from && createTime < to + 86_400_000)
        .reverse()
        .slice(offset, offset + Math.min(count, 50))
        .map((receipt) => wireReceipt(receipt, environment, true)),
  },
  'receipts.set_fiscal_data': {
    params: SetFiscalData,
    run(environment: Environment, { id, fiscal_data }: z.infer<typeof SetFiscalData>) {
      findReceipt(environment, id).fiscalData = fiscal_data;
      return { success: true };
    },
  },
};
