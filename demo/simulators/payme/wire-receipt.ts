/** A receipt in Payme's form, field by field as recorded. A list has some fields in another form than a single answer. */
import { maskNumber } from './card-book.ts';
import type { Environment } from './environment.ts';
import type { Receipt } from './receipt-book.ts';
import { RpcError } from './rpc-error.ts';

export function wireReceipt(receipt: Receipt, { cashbox, settings }: Environment, listed = false) {
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
    // Year before month: Payme's third form of an expiry.
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
    ...own.map(([name, value], index) => row(name, value, { ru: name, uz: name }, index === 0)),
    row('transaction', number, { ru: 'Номер чека', uz: 'Chek raqami' }, own.length === 0),
  ];
}

/**
 * The receipt that a call names.
 * @throws {RpcError} `receipt_not_payable`: Payme has one code for "not found" and "already paid".
 */
export function findReceipt({ receipts }: Environment, id: string): Receipt {
  const receipt = receipts.find(id);
  if (!receipt) throw new RpcError('receipt_not_payable');
  return receipt;
}
