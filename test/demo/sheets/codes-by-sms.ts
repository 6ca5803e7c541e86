/** Screens of codes by SMS and of discounts, and the question about a code that is worth too much. */
import type { Page } from 'playwright-core';
import type { PaymentView, Problem } from '#contract';
import { openPayment, sendingSms, smsStates, waitingForSms } from '../../widget/support/payment-view.ts';
import type { Screen } from './screen.ts';

const tooMuch: Problem = { code: 'code_value_too_high', field: 'code', reference: 'req-7Q4K19TZ' };
const asks = openPayment({ nextAction: { kind: 'enter_code', excessConsent: true } });
const dear = sendingSms({}, { price: 3075 });

const refusing = (view: PaymentView, problem: Problem): Pick<Screen, 'opens' | 'later'> => ({
  opens: { status: 200, body: view },
  later: { status: 422, body: { ...problem, title: problem.code, view: { ...view, version: 2, problem } } },
});

export const codesBySms: Screen[] = [
  ...Object.entries(smsStates()).map(([title, state]): Screen => ({ title, opens: { status: 200, body: state() } })),
  { title: 'waiting for the SMS that was sent', opens: { status: 200, body: waitingForSms() }, act: saySent },
  { title: 'the SMS that was sent, shown again', opens: { status: 200, body: waitingForSms() }, act: showSent },
  { title: 'an SMS sent, nothing typed', opens: { status: 200, body: sendingSms() }, act: payAndSee('') },
  { title: 'a code worth too much', ...refusing(asks, tooMuch), act: payAndSee('HIGH0001') },
  { title: 'a code worth too much, from an SMS that costs more', ...refusing(dear, tooMuch), act: payAndSee('HIGH0001') },
];

async function saySent(page: Page): Promise<void> {
  await page.locator('pay-desk .sent').click();
  await page.locator('pay-desk .fold').waitFor();
}

async function showSent(page: Page): Promise<void> {
  await saySent(page);
  await page.locator('pay-desk .fold').click();
  await page.locator('pay-desk .requisites').waitFor();
}

function payAndSee(code: string): (page: Page) => Promise<void> {
  return async (page) => {
    await page.getByRole('textbox').fill(code);
    await page.keyboard.press('Enter');
    await page.locator('pay-desk [part=error]').waitFor();
  };
}
