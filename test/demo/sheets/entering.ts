/** Screens before the payment: the input, and each problem. */
import type { Page } from 'playwright-core';
import type { PaymentView, Problem } from '#contract';
import { refused, states, walletPayment, wallets } from '../../widget/support/payment-view.ts';
import { payment, problem } from './answers.ts';
import type { Screen } from './screen.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUWVZ0123456789';
const known = payment({ nextAction: { kind: 'enter_code', length: 8, alphabet } });

const pay = (code: string) => async (page: Page) => {
  await page.getByRole('textbox').fill(code);
  await page.keyboard.press('Enter');
};
const payAndSee = (code: string) => async (page: Page) => {
  await pay(code)(page);
  await page.locator('pay-desk [part=error]').waitFor();
};

const refusals = [
  'code_format',
  'code_invalid',
  'code_used',
  'code_value_too_low',
  'code_value_too_high',
  'code_expired',
  'code_not_yet_valid',
  'provider_unavailable',
  'payment_processing',
  'payment_expired',
  'order_conflict',
  'method_unavailable',
  'idempotency_conflict',
  'invalid_request',
  'too_large',
  'busy',
  'internal',
] as const satisfies Problem['code'][];
const withDay = ['code_expired', 'code_not_yet_valid'] as const;
const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString();

const named = (...names: string[]): Screen[] =>
  names.map((title) => ({ title, opens: { status: 200, body: states[title]?.() ?? {} } }));

const walletOrCode: Partial<PaymentView> = {
  methods: ['wallet', 'pay_code'],
  nextAction: { kind: 'choose', options: [{ kind: 'choose_wallet', wallets }, { kind: 'enter_code' }] },
};

export const entering: Screen[] = [
  ...named('entering', 'entering a code of known length, test mode', 'choosing'),
  { title: 'choosing a wallet or a code', opens: { status: 200, body: walletPayment(walletOrCode) } },
  { title: 'typed', opens: payment(), act: (page) => page.getByRole('textbox').fill('GOOD0001') },
  { title: 'on its way', opens: payment(), later: 'none', act: onItsWay },
  {
    title: 'on its way, slowly',
    opens: payment(),
    later: 'none',
    prepare: (page) => page.clock.install(),
    act: async (page) => {
      await pay('GOOD0001')(page);
      await page.clock.fastForward(5000);
      await page.locator('pay-desk .notice').waitFor();
    },
  },
  { title: 'nothing typed', opens: payment(), act: payAndSee('') },
  { title: 'too short', opens: known, act: payAndSee('GOOD1') },
  { title: 'strange signs', opens: known, act: payAndSee('GŻÓD0001') },
  { title: 'refused, code still there', opens: payment(refused()), act: (page) => page.getByRole('textbox').fill('CLJG1J0R') },
  { title: 'connection lost at the click', opens: payment(), later: 'lost', act: payAndSee('GOOD0001') },
  { title: 'kyat', opens: payment({ amount: 600_000, due: 600_000, currency: 'MMK' }) },
  {
    title: 'long names, much money',
    opens: payment({
      merchantName: 'The Old Harbour Bookshop & Stationery',
      orderId: 'ORDER-2026-11-22-000000010482',
      amount: 123_456_789_00,
      due: 123_456_789_00,
      currency: 'UZS',
    }),
  },
];

export const problems: Screen[] = [
  ...named('too many attempts'),
  ...withDay.map((code) => ({ title: `${code}, day`, opens: payment({ problem: { code, at: tomorrow(), reference: 'r' } }) })),
  ...refusals.map((code) => ({ title: code, opens: payment({ problem: { code, reference: 'req-7Q4K19TZ' } }) })),
  ...(['not_found', 'internal'] as const).map((code) => ({
    title: `does not open: ${code}`,
    opens: problem(code === 'internal' ? 500 : 404, code),
  })),
  { title: 'does not open: no connection', opens: 'lost' },
];

async function onItsWay(page: Page): Promise<void> {
  await pay('GOOD0001')(page);
  await page.locator('pay-desk [data-busy=true] .working').waitFor();
}
