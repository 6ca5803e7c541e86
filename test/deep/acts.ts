/**
 * What a customer does next, by what the page shows. They are honest about money, and hasty, forgetful and impatient otherwise.
 */
import type { EntryAction, SendSms, Transfer } from '#contract';
import type { Checkout, Click, SeenView } from './checkout.ts';
import type { RunContext } from './context.ts';
import type { Customer } from './customer.ts';
import { markets } from './market.ts';
import { pretendTransfer, sendSms } from './phone.ts';

export async function actOn(context: RunContext, customer: Customer, checkout: Checkout, view: SeenView): Promise<void> {
  const { random, restless } = customer.persona;
  const { nextAction } = view.whole;
  const post = (path: string, body: object = {}) => checkout.post(path, body, clicksOf(customer));
  // A shown text may be sent even where the page has moved on.
  if (random.chance(0.12)) await sendShownText(context, customer, checkout);
  if (nextAction.kind === 'wait') {
    if (random.chance(0.2)) await post('recheck');
    // An impatient customer tries again; the BFF declines as long as the outcome is not known.
    if (random.chance(restless))
      await random.pick([() => post('abandon'), () => post('cancel'), () => typeCode(customer, post)])();
    return;
  }
  if (nextAction.kind !== 'choose' && view.status === 'awaiting_customer') {
    if (random.chance(restless)) return void (await post('abandon'));
    if (random.chance(restless / 4)) return void (await post('cancel'));
    // Uses another method in another tab.
    if (random.chance(restless / 2)) return void (await enter(customer, checkout, { kind: 'enter_code' }, false));
  }
  switch (nextAction.kind) {
    case 'choose':
    case 'confirm': {
      // Warned that they may pay twice: half of them wait.
      if (nextAction.kind === 'confirm' && random.chance(0.6)) return;
      const wanted = { pay_code: 'enter_code', wallet: 'choose_wallet', card: 'enter_card' }[customer.persona.favourite];
      const favourite = nextAction.options.find(({ kind }) => kind === wanted);
      const option = favourite && random.chance(0.75) ? favourite : random.pick(nextAction.options);
      if (random.chance(restless / 5)) return void (await post('cancel'));
      return enter(customer, checkout, option, nextAction.kind === 'confirm');
    }
    case 'enter_code':
    case 'choose_wallet':
    case 'enter_card':
      return enter(customer, checkout, nextAction, false);
    case 'transfer':
      return transfer(context, customer, checkout, nextAction);
    case 'send_sms':
      return bySms(context, customer, checkout, nextAction);
    case 'enter_card_code':
      if (random.chance(0.1)) return void (await post('card/resend'));
      return void (await post('card/code', { code: random.chance(0.12) ? '111111' : '666666' }));
  }
}

type Post = (path: string, body?: object) => Promise<Click>;

/** Fills in the form of a method. */
async function enter(customer: Customer, checkout: Checkout, form: EntryAction, acknowledge: boolean) {
  const { random, by } = customer.persona;
  const post: Post = (path, body = {}) =>
    checkout.post(path, { ...body, ...(acknowledge && { acknowledge }) }, clicksOf(customer));
  switch (form.kind) {
    case 'enter_code':
      if (by === 'sms' && form.canBuyBySms && random.chance(0.8)) return void (await post('sms-code/start'));
      if (by === 'reversed' && form.canPayBySms && random.chance(0.8)) return void (await post('reversed-sms/start'));
      return typeCode(customer, post);
    case 'choose_wallet': {
      const byNumber = form.wallets.filter(({ screenshot }) => !screenshot);
      if (byNumber.length === 0) return typeCode(customer, post);
      return void (await post('wallet', { walletType: random.pick(byNumber).walletType }));
    }
    case 'enter_card': {
      const { saved } = form;
      if (saved.length > 0 && random.chance(0.6)) return void (await post('card/saved', { cardId: random.pick(saved).id }));
      // Good cards, one that is declined at the charge, and one that cannot be used.
      const number = random.weighted({
        '8600069195406311': 6,
        '8600495473316478': 4,
        '8600134301849596': 1.5,
        '8600060921090842': 0.5,
      });
      return void (await post('card', { number, expire: '0399', save: random.chance(0.3) }));
    }
  }
}

async function typeCode(customer: Customer, post: Post): Promise<void> {
  const { pocket, persona } = customer;
  const { random } = persona;
  const discounted = (customer.checkouts.at(-1)?.views.at(-1)?.whole.discount ?? 0) > 0;
  const [discount] = pocket.discountCodes;
  if (persona.discount !== 'none' && discount && !discounted && random.chance(0.8)) {
    pocket.typed.add(discount);
    const { problems } = await post('pay-code', { code: discount });
    if (problems.some((code) => code === 'code_used' || code === 'discount_lost')) pocket.discountCodes.shift();
    return;
  }
  if (random.chance(0.1)) return void (await post('pay-code', { code: random.pick(['ABCD1234', 'WRQNGAAA', 'TESTTEST']) }));
  const [code] = pocket.codes;
  if (!code) return;
  pocket.typed.add(code);
  const { problems } = await post('pay-code', { code });
  // A code that is reported as used or unknown is thrown away; any other is tried again, or sometimes another one.
  if (problems.some((problem) => problem === 'code_used' || problem === 'code_invalid') || random.chance(0.15))
    pocket.codes.shift();
}

async function transfer(context: RunContext, customer: Customer, checkout: Checkout, shown: Transfer): Promise<void> {
  const { pocket, persona } = customer;
  const { random } = persona;
  const standing = pocket.transfers.filter(({ wallet }) => wallet === shown.walletType).at(-1);
  // A customer who has transferred hardly ever does it again because the page requests it again.
  const made = standing && !random.chance(0.05) ? standing : await pretendTransfer(context, customer, checkout, shown);
  if (!made) return;
  // Some submit the number later, some mistype it.
  if (random.chance(0.15)) return;
  const number = random.chance(0.12) ? String(random.between(2_000_000_000, 9_999_999_999)) : made.number;
  await checkout.post('wallet/transaction', { transactionNumber: number }, clicksOf(customer));
}

async function bySms(context: RunContext, customer: Customer, checkout: Checkout, shown: SendSms): Promise<void> {
  const { pocket, persona } = customer;
  if (shown.continuation === 'wait') {
    if (!pocket.texts.has(shown.text)) pocket.texts.set(shown.text, false);
    if (persona.random.chance(0.7)) await sendShownText(context, customer, checkout);
    return;
  }
  if (pocket.smsSent < 2 && persona.random.chance(pocket.smsSent === 0 ? 0.8 : 0.1)) {
    pocket.smsSent += 1;
    const answer = await sendSms(context, checkout, shown.text, shown.number);
    const code = /code: (\w+)/.exec(answer ?? '')?.[1];
    if (code) pocket.codes.unshift(code);
    return;
  }
  await typeCode(customer, (path, body = {}) => checkout.post(path, body, clicksOf(customer)));
}

/** The text that was shown, even where the page has moved on. */
async function sendShownText(context: RunContext, customer: Customer, checkout: Checkout): Promise<void> {
  const unsent = [...customer.pocket.texts].find(([, sent]) => !sent);
  if (!unsent) return;
  customer.pocket.texts.set(unsent[0], true);
  await sendSms(context, checkout, unsent[0], markets[customer.persona.currency].shortNumber);
}

function clicksOf({ persona: { random, clumsy } }: Customer): { clicks: number; sameKey: boolean } {
  return { clicks: random.chance(clumsy) ? 2 : 1, sameKey: random.chance(0.6) };
}
