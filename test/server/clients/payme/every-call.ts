/** Each method of Payme: how our client calls it, and the exact parameters that must be sent. */
import type { methods, PaymeClient } from '../../../../server/clients/payme/client.ts';
import { cashboxId, key } from './stub-payme.ts';

export const number = '8600495473316478';
export const code = '666666';
export const phone = '998901304527';
export const id = '63119becc4420cbf2712a24c';
/** As long as Payme's own. */
export const token = `63119784d15d8d8d093b37b8_${'plantedToken'.repeat(40)}`;

export const newReceipt = { amount: 500_000, account: { order_id: 197 }, description: 'att_1' };
const payment = { id, token, payer: { phone }, hold: true };
const detail = {
  shipping: { title: 'By foot', price: 0 },
  items: [
    { title: 'Tea', price: 250_000, count: 2, code: '00702001001000001', packageCode: '123456', vatPercent: 15, units: 241092 },
  ],
};
const wireDetail = {
  receipt_type: 0,
  shipping: { title: 'By foot', price: 0 },
  items: [
    { title: 'Tea', price: 250_000, count: 2, code: '00702001001000001', package_code: '123456', vat_percent: 15, units: 241092 },
  ],
};
const fiscalData = {
  receiptId: 121,
  qrCodeUrl: 'https://ofd.example/check?t=1',
  statusCode: 0,
  message: 'accepted',
  terminalId: 'EP000000000025',
  fiscalSign: '800031554082',
  issuedAt: Date.parse('2022-07-06T22:10:21+05:00'),
};
const wireFiscalData = {
  receipt_id: 121,
  qr_code_url: 'https://ofd.example/check?t=1',
  status_code: 0,
  message: 'accepted',
  terminal_id: 'EP000000000025',
  fiscal_sign: '800031554082',
  date: '20220706221021',
};

export interface EveryCall {
  method: keyof typeof methods;
  /** The whole `X-Auth`. */
  auth: string;
  params: object;
  ask(client: PaymeClient, signal?: AbortSignal): Promise<{ kind: string }>;
}

const browser = cashboxId;
const server = `${cashboxId}:${key}`;

export const everyCall: readonly EveryCall[] = [
  {
    method: 'cards.create',
    auth: browser,
    params: { card: { number, expire: '0399' }, save: false },
    ask: (client, signal) => client.cardsCreate({ number, expire: '0399', save: false }, signal),
  },
  {
    method: 'cards.get_verify_code',
    auth: browser,
    params: { token },
    ask: (client, signal) => client.cardsGetVerifyCode({ token }, signal),
  },
  {
    method: 'cards.verify',
    auth: browser,
    params: { token, code },
    ask: (client, signal) => client.cardsVerify({ token, code }, signal),
  },
  { method: 'cards.check', auth: server, params: { token }, ask: (client, signal) => client.cardsCheck({ token }, signal) },
  { method: 'cards.remove', auth: server, params: { token }, ask: (client, signal) => client.cardsRemove({ token }, signal) },
  {
    method: 'receipts.create',
    auth: server,
    params: { ...newReceipt, detail: wireDetail, hold: true },
    ask: (client, signal) => client.receiptsCreate({ ...newReceipt, detail, hold: true }, signal),
  },
  { method: 'receipts.pay', auth: server, params: payment, ask: (client, signal) => client.receiptsPay(payment, signal) },
  {
    method: 'receipts.send',
    auth: server,
    params: { id, phone },
    ask: (client, signal) => client.receiptsSend({ id, phone }, signal),
  },
  { method: 'receipts.cancel', auth: server, params: { id }, ask: (client, signal) => client.receiptsCancel({ id }, signal) },
  { method: 'receipts.check', auth: server, params: { id }, ask: (client, signal) => client.receiptsCheck({ id }, signal) },
  { method: 'receipts.get', auth: server, params: { id }, ask: (client, signal) => client.receiptsGet({ id }, signal) },
  {
    method: 'receipts.get_all',
    auth: server,
    params: { count: 50, from: 1636398000000, to: 1636398000001, offset: 0 },
    ask: (client, signal) => client.receiptsGetAll({ from: 1636398000000, to: 1636398000001, offset: 0, count: 50 }, signal),
  },
  {
    method: 'receipts.confirm_hold',
    auth: server,
    params: { id },
    ask: (client, signal) => client.receiptsConfirmHold({ id }, signal),
  },
  {
    method: 'receipts.set_fiscal_data',
    auth: server,
    params: { id, fiscal_data: wireFiscalData },
    ask: (client, signal) => client.receiptsSetFiscalData({ id, fiscalData }, signal),
  },
];

/** The methods whose answer contains the requested receipt. */
export const onOneReceipt = everyCall.filter(({ method }) => /^receipts\.(pay|cancel|get|confirm_hold)$/.test(method));
