/** The methods of receipts that move no money: making one, looking, sending it. */
import * as z from 'zod';
import { RpcError } from './rpc-error.ts';
import { findReceipt, wireReceipt } from './wire-receipt.ts';
import type { World } from './world.ts';

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
    run(world: World, { amount, account, description, detail, hold }: z.infer<typeof Create>) {
      const { settings, receipts, now } = world;
      if (!Number.isSafeInteger(amount)) throw new RpcError('invalid_value', { data: 'amount' });
      if (amount < settings.amountMin || amount <= 0) throw new RpcError('amount_too_small', { data: 'amount' });
      if (amount > settings.amountMax) throw new RpcError('amount_too_large', { data: 'amount' });
      const lie = settings.lieAbout.receipt ?? {};
      const order = {
        amount: lie.amount ?? amount,
        currency: lie.currency ?? 860,
        account,
        description: description ?? '',
        detail: detail ?? null,
        hold: hold ?? false,
      };
      return { receipt: wireReceipt(receipts.add(order, now, lie._id), world) };
    },
  },
  'receipts.send': {
    params: Send,
    run(world: World, { id, phone }: z.infer<typeof Send>) {
      const receipt = findReceipt(world, id);
      if (!/^998\d{9}$/.test(phone)) throw new RpcError('invalid_value', { data: 'phone' });
      world.cards.send(world.now, `${phone.slice(0, 5)}*****${phone.slice(-2)}`, `Payme: чек № ${receipt.number}`);
      return { success: true };
    },
  },
  'receipts.check': {
    params: ById,
    run: (world: World, { id }: z.infer<typeof ById>) => ({ state: findReceipt(world, id).state }),
  },
  'receipts.get': {
    params: ById,
    run: (world: World, { id }: z.infer<typeof ById>) => ({ receipt: wireReceipt(findReceipt(world, id), world) }),
  },
  'receipts.get_all': {
    params: GetAll,
    /** Newest first, a bare list; the day of `to` is whole. */
    run: (world: World, { count, from, to, offset }: z.infer<typeof GetAll>) =>
      world.receipts
        .receipts()
        .filter(({ createTime }) => createTime >= from && createTime < to + 86_400_000)
        .reverse()
        .slice(offset, offset + Math.min(count, 50))
        .map((receipt) => wireReceipt(receipt, world, true)),
  },
  'receipts.set_fiscal_data': {
    params: SetFiscalData,
    run(world: World, { id, fiscal_data }: z.infer<typeof SetFiscalData>) {
      findReceipt(world, id).fiscalData = fiscal_data;
      return { success: true };
    },
  },
};
