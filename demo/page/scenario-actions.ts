/** Does what a panel asks. */
import { mishaps, orderMishap } from './faults.ts';
import { marketOf } from './money.ts';
import type { CardBehaviour } from './panels/cards-panel.ts';
import type { SentTransfer } from './panels/wallet-panel.ts';
import { isInPage, type SmsOrder, type Upstream } from './qa-api.ts';
import { type ClockOf, qaClient, type TransferOrder } from './qa-client.ts';
import type { Scenario } from './scenario-address.ts';
import type { ScenarioRunner } from './scenario-runner.ts';
import type { Stage } from './stage.ts';
import { findState } from './states/customer-states.ts';

/** The page, as far as an action needs it. */
export interface ActingPage {
  readonly scenario: Scenario;
  readonly director: ScenarioRunner;
  readonly stage: Stage;
  remember(change: Partial<Scenario>): void;
  /** For a moment, and to a screen reader. */
  say(words: string): void;
  /** A state is being brought about. */
  setBusy(busy: boolean): void;
  setSent(transfer: SentTransfer): void;
  clearLog(): void;
}

const names: Record<Upstream, string> = { paycodes: 'PayCodes', paykassma: 'Paykassma', payme: 'Payme' };

/** @throws Error that can be shown. */
export async function doAction(page: ActingPage, action: QaAction): Promise<void> {
  const { scenario, director } = page;
  switch (action.do) {
    case 'new-payment':
      page.remember({ state: '', code: '' });
      return director.open();
    case 'show':
      return showState(page, action.state);
    case 'fill':
      return fill(page, action.code);
    case 'fill-number':
      return fillNumber(page, action.number);
    case 'send-sms': {
      const { mt } = await qaClient.sendSms(action.sms);
      return page.say(mt ?? 'Sent: it arrives by PayCodes’ clock');
    }
    case 'type-sms-code':
      return typeSmsCode(page, action.code);
    case 'transfer': {
      const { transaction_number: number } = await qaClient.transfer(action.transfer);
      return page.setSent({ ...action.transfer, number });
    }
    case 'match':
      await qaClient.match(action.id, action.number);
      await director.refresh();
      return page.say('Credited: Paykassma has sent the postback');
    case 'cancel':
      return page.say(`Canceling answered ${await director.atShop('cancel')}`);
    case 'refund':
      return page.say(`The refund answered ${await director.atShop('refund')}`);
    case 'copy':
      return copy(page, action.text, action.into);
    case 'behave':
      return void (await qaClient.behave(action.change));
    case 'reset':
      await qaClient.reset(action.of);
      page.remember({
        mishaps: scenario.mishaps.filter((id) => mishaps.find((mishap) => mishap.id === id)?.of !== action.of),
        ...(action.of !== 'paykassma' && { [action.of]: 0 }),
      });
      return page.say(`${names[action.of]} is as on its first day`);
    case 'move-clock':
      await qaClient.moveClock(action.of, action.ms ? { advanceMs: action.ms } : { aheadMs: 0 });
      page.remember({ [action.of]: action.ms && scenario[action.of] + action.ms });
      if (action.of === 'bff') await director.refresh();
      return page.say(`${clockOf(action.of)} clock was moved`);
    case 'mishap':
      await orderMishap(action.id);
      page.remember({ mishaps: [...new Set([...scenario.mishaps, action.id])] });
      return page.say('Ordered: the next payment meets it');
    case 'set-right':
      await Promise.all([
        ...(['bff', 'paycodes', 'payme'] as const).map((of) => qaClient.moveClock(of, { aheadMs: 0 })),
        director.line('clear'),
      ]);
      page.remember({ bff: 0, paycodes: 0, payme: 0 });
      return director.refresh();
    case 'clear-log':
      return page.clearLog();
  }
}

/** States are of the currency that has what they need, and in the page itself: another origin's frame cannot be driven. */
export async function showState(page: ActingPage, id: string): Promise<void> {
  const { settings } = page.scenario;
  const state = findState(id);
  const embed = isInPage(settings.embed) ? settings.embed : 'script';
  const { currency, prices } = marketOf(state?.currency ?? 'PLN');
  const chosen = { ...settings, currency, amount: prices[0], embed };
  page.remember({ settings: chosen, state: id, code: '', mishaps: [], bff: 0, paycodes: 0, payme: 0 });
  page.setBusy(true);
  try {
    await page.director.startAnew();
    await state?.show(page.director);
  } finally {
    page.setBusy(false);
  }
}

/** Where the checkout on show takes no code any more, a new payment is made first: one click stays one click. */
async function fill(page: ActingPage, code: string): Promise<void> {
  page.remember({ code, state: '' });
  if (await copiedFor(page, code)) return;
  if (page.stage.fill(code)) return;
  await page.director.open();
  if (!page.stage.fill(code)) page.say('There is no field to type into');
}

/** It was paid for by this SMS, and counts once: no address holds it. */
async function typeSmsCode(page: ActingPage, code: string): Promise<void> {
  page.remember({ code: '', state: '' });
  if ((await copiedFor(page, code)) || page.stage.fill(code)) return;
  page.say('There is no field to type into');
}

/** A number counts once, so the address of the page does not hold it. */
async function fillNumber(page: ActingPage, number: string): Promise<void> {
  page.remember({ code: '', state: '' });
  if ((await copiedFor(page, number)) || (await page.director.takeNumber(number))) return;
  page.say('There is no transfer to tell the number of');
}

/** Where the checkout is another origin's frame, into which nothing can be typed from here. */
async function copiedFor(page: ActingPage, text: string): Promise<boolean> {
  if (isInPage(page.scenario.settings.embed)) return false;
  await copy(page, text, 'the plugin window');
  return true;
}

async function copy(page: ActingPage, text: string, into: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  page.say(`${text} is copied: paste it in ${into}, another origin’s frame`);
}

const clockOf = (of: ClockOf): string => (of === 'bff' ? 'The BFF’s' : of === 'paycodes' ? 'PayCodes’' : 'Payme’s');

/** What a panel asks the page to do. */
export type QaAction =
  | { do: 'new-payment' }
  /** Brings a fresh payment to the state of this id. */
  | { do: 'show'; state: string }
  | { do: 'cancel' }
  /** The shop gives the money back. */
  | { do: 'refund' }
  | { do: 'fill'; code: string }
  /** The customer sends an SMS. */
  | { do: 'send-sms'; sms: SmsOrder }
  /** Types what came by SMS, where it is asked for. */
  | { do: 'type-sms-code'; code: string }
  /** Types the number of a transfer, where one is asked for. */
  | { do: 'fill-number'; number: string }
  /** The customer pays in the wallet app. */
  | { do: 'transfer'; transfer: TransferOrder }
  /** An operator of Paykassma credits a claim, by the transfer of this number if not by the one that was told. */
  | { do: 'match'; id: string; number?: string }
  /** For what is typed in another origin's frame. */
  | { do: 'copy'; text: string; into: string }
  | { do: 'behave'; change: CardBehaviour }
  | { do: 'reset'; of: Upstream }
  /** Moves a clock by so much; 0 sets it right. */
  | { do: 'move-clock'; of: ClockOf; ms: number }
  | { do: 'mishap'; id: string }
  /** Clocks and line as they are in life. */
  | { do: 'set-right' }
  | { do: 'clear-log' };

export class QaActionEvent extends Event {
  readonly action: QaAction;
  constructor(action: QaAction) {
    super('qa-action', { bubbles: true });
    this.action = action;
  }
}

declare global {
  interface HTMLElementEventMap {
    'qa-action': QaActionEvent;
  }
}
