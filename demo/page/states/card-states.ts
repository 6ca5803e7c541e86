/** A card, from its number to the code of its SMS, and what can be wrong with either. */
import { type CardCustomer, goodCard, otherGoodCard, smsOffCard, testCards, testPhone } from '../customers.ts';
import { payCut, payLost } from '../faults.ts';
import { pretendPayme } from '../pretend-payme.ts';
import type { ScenarioRunner } from '../scenario-runner.ts';
import { byCard, type CustomerState } from './state.ts';

/** A moment longer than an SMS code is good, and than another one has to be waited for. */
const smsMs = 61_000;
/** As many as one payment may try in an hour. */
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
    async show(director) {
      await saveCards(director);
      await director.open({ methods: 'card', phone: testPhone });
    },
  },
  byCard('card-direct', 'Card form, straight to Payme', nothing, { phone: testPhone, seller: 'direct' }),
  byCard('sms-code', 'SMS code', (customer) => customer.tellCard()),
  byCard('sms-code-wrong', 'Wrong SMS code', async (customer) => {
    await customer.tellCard();
    await customer.mistype(1);
  }),
  byCard('sms-code-worn-out', 'SMS code worn out', async (customer) => {
    await customer.tellCard();
    await customer.mistype(3);
  }),
  byCard('sms-code-expired', 'SMS code expired', async (customer, director) => {
    await customer.tellCard();
    await waitForSms(director);
    await customer.tellCode();
  }),
  byCard('sms-again', 'Another SMS', async (customer, director) => {
    await customer.tellCard();
    await waitForSms(director);
    await customer.anotherSms();
  }),
  byCard('sms-not-sent', 'SMS not sent', async (customer) => {
    await pretendPayme.behave({ refuse: { 'cards.get_verify_code': -31_110 } });
    await customer.tellCard();
  }),
  byCard('card-wrong', 'No such card', async (customer) => {
    await pretendPayme.behave({ refuse: { 'cards.create': -31_300 } });
    await customer.tellCard();
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
    async show(director) {
      await saveCards(director);
      const customer = await director.customer({ methods: 'card', phone: testPhone });
      for (let told = 0; told < mostCards; told += 1) await customer.tellCard(smsOffCard);
      await director.arrive();
      // The saved card is chosen already: it would be one more.
      await director.submitCard();
    },
  },
];

function refused(id: string, words: string, number: string): CustomerState {
  return byCard(id, words, (customer) => customer.tellCard(number));
}

function numberOf(brings: string): string {
  return testCards.find((card) => card.brings === brings)?.number ?? '';
}

async function waitForSms(director: ScenarioRunner): Promise<void> {
  await pretendPayme.moveClock(smsMs);
  await director.moveClock(smsMs);
}

/** By payments before: a card is saved a moment after it has paid. */
async function saveCards(director: ScenarioRunner): Promise<void> {
  let customer: CardCustomer | undefined;
  for (const number of [undefined, otherGoodCard]) {
    customer = await director.customer({ phone: testPhone });
    await customer.pay(number, true);
  }
  const next = await director.customer({ phone: testPhone });
  await next.until(({ nextAction }) => {
    const ways = nextAction.kind === 'choose' ? nextAction.options : [nextAction];
    return ways.some((way) => way.kind === 'enter_card' && way.saved.length === 2);
  });
}

/** The SMS code was right: what becomes of the money. */
const day = 86_400_000;
/** A moment longer than a receipt has to stand still before it is given up. */
const restMs = 61_000;

export const cardMoneyStates: CustomerState[] = [
  byCard('card-paid', 'Paid by card', (customer) => customer.pay()),
  byCard('card-no-funds', 'Not enough money on it', async (customer) => {
    await pretendPayme.behave({ balances: { [goodCard]: 10_000 } });
    await customer.pay();
  }),
  byCard('card-declined', 'Card declined', async (customer) => {
    await pretendPayme.behave({ failAt: { [goodCard]: 'receipts.pay' } });
    await customer.pay();
  }),
  byCard('card-declined-slowly', 'Declined after 10 seconds', (customer) => customer.pay(slowCard)),
  byCard('card-checking', 'Charging, answer lost', async (customer) => {
    await pretendPayme.behave({ refuse: { 'receipts.check': -32_400, 'receipts.get': -32_400 } });
    await pretendPayme.faults(payLost, goodCard);
    await customer.pay();
  }),
  byCard('card-stepwise', 'Charging in steps, then paid', async (customer) => {
    await pretendPayme.behave({ pay: 'stepwise' });
    await customer.pay();
  }),
  byCard('card-settled-paid', 'Answer lost, then paid', async (customer) => {
    await pretendPayme.faults(payLost, goodCard);
    await customer.pay();
  }),
  byCard('card-settled-refused', 'Never charged, try again', async (customer, director) => {
    await pretendPayme.faults(payCut, goodCard);
    await customer.pay();
    await standStill(customer, director);
  }),
  byCard('card-reversed', 'Charged and given back', async (customer) => {
    await payInSteps(customer);
    await pretendPayme.moveReceipt(3, 50);
    await customer.recheck();
    await customer.until(({ status }) => status === 'open');
  }),
  byCard('card-review', 'Payme’s operator looks at it', async (customer) => {
    await payInSteps(customer);
    await pretendPayme.moveReceipt(20);
    await customer.recheck();
    await customer.until(({ nextAction }) => nextAction.kind === 'wait' && nextAction.reason === 'review');
  }),
];

const slowCard = testCards.at(-1)?.number;

/** The receipt stays where it was put. */
async function payInSteps(customer: CardCustomer): Promise<void> {
  await pretendPayme.behave({ pay: 'stepwise', stepMs: day });
  await customer.pay();
}

/** Reading by reading, until the receipt is given up. */
async function standStill(customer: CardCustomer, director: ScenarioRunner): Promise<void> {
  for (let times = 0; times < mostReadings && (await customer.view()).status === 'processing'; times += 1) {
    await director.moveClock(restMs);
    await customer.recheck();
    await pretendPayme.untilRead(times + 1);
  }
  await customer.until(({ status }) => status === 'open');
}

/** Three of them, and one more a while later; each may be one of two. */
const mostReadings = 6;
