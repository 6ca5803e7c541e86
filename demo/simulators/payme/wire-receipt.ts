/** A receipt as Payme writes it, field by field as recorded. A list writes some of them in another way than a single answer. */
import { maskNumber } from './card-book.ts';
import type { Receipt } from './receipt-book.ts';
import { RpcError } from './rpc-error.ts';
import type { World } from './world.ts';

export function wireReceipt(receipt: Receipt, { cashbox, settings }: World, listed = false) {
  const { card, state } = receipt;
  const shown = listed && settings.cardInGetAll === 'full' ? (number: string) => number : maskNumber;
  return {
    _id: receipt.id,
    create_time: receipt.createTime,
    pay_time: receipt.payTime,
    cancel_time: receipt.cancelTime,
    state,
    type: 2,
    external: false,
    operation: -1,
    category: null,
    error: null,
    description: receipt.description,
    detail: receipt.detail,
    amount: receipt.amount,
    currency: receipt.currency,
    commission: 0,
    account: accountRows(receipt, settings.accountRows === 'all', listed),
    // Year before month: the third way in which Payme writes an expiry.
    card: card && state !== 0 ? { number: shown(card.number), expire: card.expire.slice(2) + card.expire.slice(0, 2) } : null,
    merchant: {
      _id: cashbox.id,
      name: 'test',
      organization: 'ЧП «test test»',
      address: '',
      business_id: '5e730e740b852a417aa49cea',
      epos: { merchantId: '106600000050000', terminalId: '20660000' },
      date: 1_584_598_670_296,
      logo: null,
      type: listed ? { ru: 'Internet', uz: 'Internet' } : 'Internet',
      terms: null,
    },
    ...(receipt.payer && { payer: receipt.payer }),
    meta: { source: 'subscribe', owner: cashbox.id, ...(receipt.canceled && { source_cancel: 'subscribe' }) },
    processing_id: state === 4 ? 0 : null,
  };
}

function accountRows({ account, number }: Receipt, all: boolean, listed: boolean) {
  const row = (name: string, value: unknown, title: { ru: string; uz: string }, main: boolean) => ({
    name,
    title: listed ? title : title.ru,
    value: listed ? value : String(value),
    main,
  });
  const own = all ? Object.entries(account) : [];
  return [
    ...own.map(([name, value], place) => row(name, value, { ru: name, uz: name }, place === 0)),
    row('transaction', number, { ru: 'Номер чека', uz: 'Chek raqami' }, own.length === 0),
  ];
}

/** The receipt that a call names. @throws {RpcError} one code for "not found" and "already paid", as with the real one */
export function findReceipt({ receipts }: World, id: string): Receipt {
  const receipt = receipts.find(id);
  if (!receipt) throw new RpcError('receipt_not_payable');
  return receipt;
}
