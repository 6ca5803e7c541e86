/** Screens of a card payment in the plugin window: the form, the SMS code, and each problem. */
import type { Page } from 'playwright-core';
import type { Problem } from '#contract';
import { byCard, cardCode, cardPayment, cardStates, savedCards } from '../../widget/support/payment-view.ts';
import type { Screen } from './screen.ts';

const ofCard = [
  'card_expiry',
  'card_declined',
  'card_not_saved',
  'insufficient_funds',
  'phone_format',
  'sms_not_sent',
  'payment_reversed',
  'method_unavailable',
  'internal',
] as const satisfies Problem['code'][];
const ago = new Date(Date.now() - 60_000).toISOString();
/** By the problem of the SMS code: how many tries and when another SMS the customer has. */
const ofCode: Partial<Record<Problem['code'], Parameters<typeof cardCode>[1]>> = {
  sms_code_format: {},
  sms_code_expired: { attemptsLeft: 0, resendAt: ago },
  too_many_attempts: {},
  provider_unavailable: {},
};
const fields: Partial<Record<Problem['code'], string>> = {
  card_expiry: 'expire',
  phone_format: 'phone',
};

const problem = (code: Problem['code']): Problem => {
  const field = fields[code];
  return { code, reference: 'req-7Q4K19TZ', ...(field && { field }) };
};
const opens = (body: object) => ({ status: 200, body });
const screen = ([title, body]: [string, object]): Screen => ({ title, opens: opens(body) });

export const cards: Screen[] = [
  ...Object.entries(cardStates()).map(([title, state]) => screen([title, state()])),
  { title: 'a card typed', opens: opens(cardPayment({}, { askPhone: true, canSave: true })), act: typeCard },
  { title: 'a card half typed', opens: opens(cardPayment({}, { askPhone: true })), act: confirmTooSoon },
  { title: 'a saved card that is to go', opens: opens(cardPayment({}, { saved: savedCards })), act: askToRemove },
  ...ofCard.map((code): Screen => {
    const attempt = byCard('declined');
    return screen([code, cardPayment({ attempt, problem: problem(code) }, { askPhone: code === 'phone_format' })]);
  }),
  ...Object.entries(ofCode).map(([code, own]) => screen([code, cardCode({ problem: problem(code as Problem['code']) }, own)])),
  screen(['sms_code_expired, no more', cardCode({ problem: problem('sms_code_expired') }, { attemptsLeft: 0, resendAt: null })]),
];

async function typeCard(page: Page): Promise<void> {
  await page.locator('#card-number').fill('8600069195406311');
  await page.locator('#card-expire').fill('0399');
  await page.locator('#card-phone').fill('901234567');
}

async function confirmTooSoon(page: Page): Promise<void> {
  await page.locator('#card-number').fill('8600');
  await page.keyboard.press('Enter');
  await page.locator('pay-desk [part=error]').first().waitFor();
}

async function askToRemove(page: Page): Promise<void> {
  await page.locator('pay-card-form .manage').click();
  await page.locator('pay-card-form .remove').first().click();
  await page.locator('pay-card-form .yes').waitFor();
}
