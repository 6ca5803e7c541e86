/** States of a payment by card: the form, the SMS code, and what becomes of the charge. */
import { type CardCustomer, goodCard, otherGoodCard, smsOffCard, testCards, testPhone } from '../customers.ts';
import { payCut, payLost } from '../faults.ts';
import { paymeOperator } from '../payme-operator.ts';
import type { ScenarioRunner } from '../scenario-runner.ts';
import { byCard, type CustomerState } from './state.ts';

/** A little longer than an SMS code is valid, and than one must wait for another SMS. */
const smsMs = 61_000;
/** How many cards one payment may try in an hour. */
const mostCards = 5;
const nothing = async () => undefined;

export const cardStates: CustomerState[] = [
  byCard('card-form', 'Card form', nothing),
  byCard('card-phone', 'Card form that asks for a phone', nothing, {}),
  {
    id: 'card-saved',
    words: 'Saved cards',
    means: 'real',
    currency: 'UZS',
    async show(runner) {
      await saveCards(runner);
      await runner.open({ methods: 'card', phone: testPhone });
    },
  },
  byCard('card-direct', 'Card form, straight to Payme', nothing, { phone: testPhone, seller: 'direct' }),
  byCard('sms-code', 'SMS code', (customer) => customer.submitCard()),
  byCard('sms-code-wrong', 'Wrong SMS code', async (customer) => {
    await customer.submitCard();
    await customer.mistype(1);
  }),
  byCard('sms-code-no-tries-left', 'SMS code, no tries left', async (customer) => {
    await customer.submitCard();
    await customer.mistype(3);
  }),
  byCard('sms-code-expired', 'SMS code expired', async (customer, runner) => {
    await customer.submitCard();
    await waitForSms(runner);
    await customer.submitCode();
  }),
  byCard('sms-again', 'Another SMS', async (customer, runner) => {
    await customer.submitCard();
    await waitForSms(runner);
    await customer.anotherSms();
  }),
  byCard('sms-not-sent', 'SMS not sent', async (customer) => {
    await paymeOperator.behave({ refuse: { 'cards.get_verify_code': -31_110 } });
    await customer.submitCard();
  }),
  byCard('card-wrong', 'Unknown card', async (customer) => {
    await paymeOperator.behave({ refuse: { 'cards.create': -31_300 } });
    await customer.submitCard();
  }),
  refused('card-sms-off', 'No SMS service', smsOffCard),
  refused('card-expired', 'Card expired', numberOf('expired')),
  refused('card-blocked', 'Card blocked', numberOf('blocked')),
  refused('card-system-error', 'Payme fails', numberOf('Payme fails')),
  {
    id: 'too-many-cards',
    words: 'Too many cards',
    means: 'real',
    currency: 'UZS',
    async show(runner) {
      await saveCards(runner);
      const customer = await runner.customer({ methods: 'card', phone: testPhone });
      for (let count = 0; count < mostCards; count += 1) await customer.submitCard(smsOffCard);
      await runner.arrive();
      // The saved card is chosen already: it is one card too many.
      await runner.submitCard();
    },
  },
];

function refused(id: string, words: string, number: string): CustomerState {
  return byCard(id, words, (customer) => customer.submitCard(number));
}

function numberOf(brings: string): string {
  return testCards.find((card) => card.brings === brings)?.number ?? '';
}

async function waitForSms(runner: ScenarioRunner): Promise<void> {
  await paymeOperator.moveClock(smsMs);
  await runner.moveClock(smsMs);
}

/** Saves two cards by earlier payments, and waits until they are offered: a card is saved shortly after it has paid. */
async function saveCards(runner: ScenarioRunner): Promise<void> {
  let customer: CardCustomer | undefined;
  for (const number of [undefined, otherGoodCard]) {
    customer = await runner.customer({ phone: testPhone });
    await customer.pay(number, true);
  }
  const next = await runner.customer({ phone: testPhone });
  await next.until(({ nextAction }) => {
    const actions = nextAction.kind === 'choose' ? nextAction.options : [nextAction];
    return actions.some((action) => action.kind === 'enter_card' && action.saved.length === 2);
  });
}

const day = 86_400_000;
/** A little longer than a receipt must stay unchanged before the BFF cancels it. */
const restMs = 61_000;

/** After the right SMS code: what becomes of the charge. */
export const cardMoneyStates: CustomerState[] = [
  byCard('card-paid', 'Paid by card', (customer) => customer.pay()),
  byCard('card-no-funds', 'Not enough money on the card', async (customer) => {
    await paymeOperator.behave({ balances: { [goodCard]: 10_000 } });
    await customer.pay();
  }),
  byCard('card-declined', 'Card declined', async (customer) => {
    await paymeOperator.behave({ failAt: { [goodCard]: 'receipts.pay' } });
    await customer.pay();
  }),
  byCard('card-declined-slowly', 'Declined after 10 seconds', (customer) => customer.pay(slowCard)),
  byCard('card-checking', 'Checking a charge', async (customer) => {
    await paymeOperator.behave({ refuse: { 'receipts.check': -32_400, 'receipts.get': -32_400 } });
    await paymeOperator.faults(payLost, goodCard);
    await customer.pay();
  }),
  byCard('card-stepwise', 'Charging in steps, then paid', async (customer) => {
    await paymeOperator.behave({ pay: 'stepwise' });
    await customer.pay();
  }),
  byCard('card-lost-then-paid', 'Card charged, answer lost, then paid', async (customer) => {
    await paymeOperator.faults(payLost, goodCard);
    await customer.pay();
  }),
  byCard('card-lost-then-unpaid', 'Never charged, try again', async (customer, runner) => {
    await paymeOperator.faults(payCut, goodCard);
    await customer.pay();
    await waitUntilCanceled(customer, runner);
  }),
  byCard('card-reversed', 'Charged, then returned', async (customer) => {
    await payInSteps(customer);
    await paymeOperator.moveReceipt(3, 50);
    await customer.recheck();
    await customer.until(({ status }) => status === 'open');
  }),
  byCard('card-review', 'Under review at Payme', async (customer) => {
    await payInSteps(customer);
    await paymeOperator.moveReceipt(20);
    await customer.recheck();
    await customer.until(({ nextAction }) => nextAction.kind === 'wait' && nextAction.reason === 'review');
  }),
];

const slowCard = testCards.at(-1)?.number;

/** Starts a charge that stays at its first step. */
async function payInSteps(customer: CardCustomer): Promise<void> {
  await paymeOperator.behave({ pay: 'stepwise', stepMs: day });
  await customer.pay();
}

/** Moves the clock check by check, until the BFF cancels the receipt. */
async function waitUntilCanceled(customer: CardCustomer, runner: ScenarioRunner): Promise<void> {
  for (let times = 0; times < maxChecks && (await customer.view()).status === 'processing'; times += 1) {
    await runner.moveClock(restMs);
    await customer.recheck();
    await paymeOperator.untilRead(times + 1);
  }
  await customer.until(({ status }) => status === 'open');
}

/** Three checks and one more a while later; each may need a second try. */
const maxChecks = 6;
