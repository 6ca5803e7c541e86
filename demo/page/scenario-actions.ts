/** Performs the actions that the panels of the QA page request. */

import { namedFaults, orderFault } from './faults.ts';
import { marketOf } from './money.ts';
import { isInPage } from './qa-api.ts';
import { qaClient } from './qa-client.ts';
import type { QaAction } from './qa-events.ts';
import type { Scenario } from './scenario-address.ts';
import type { ScenarioRunner } from './scenario-runner.ts';
import type { ClockOf, SentTransfer, Upstream } from './simulator-api.ts';
import type { Stage } from './stage.ts';
import { findState } from './states/customer-states.ts';

/** The page, as far as an action needs it. */
export interface ActingPage {
  readonly scenario: Scenario;
  readonly runner: ScenarioRunner;
  readonly stage: Stage;
  remember(change: Partial<Scenario>): void;
  /** Shows a message for a moment, and announces it to a screen reader. */
  announce(words: string): void;
  /** While a payment is brought to a state. */
  setBusy(busy: boolean): void;
  setSent(transfer: SentTransfer): void;
  clearLog(): void;
  /** Opens or closes the sheet of controls, which a small screen has. */
  openControls(open: boolean): void;
}

const names: Record<Upstream, string> = { paycodes: 'PayCodes', paykassma: 'Paykassma', payme: 'Payme' };

/** @throws Error that can be shown. */
export async function doAction(page: ActingPage, action: QaAction): Promise<void> {
  const { scenario, runner } = page;
  switch (action.do) {
    case 'new-payment':
      page.remember({ state: '', code: '' });
      return runner.open();
    case 'show':
      page.openControls(false);
      return showState(page, action.state);
    case 'open-controls':
      return page.openControls(action.open);
    case 'fill':
      return fill(page, action.code);
    case 'fill-number':
      return fillNumber(page, action.number);
    case 'send-sms': {
      const { mt } = await qaClient.sendSms(action.sms);
      return page.announce(mt ?? 'Sent: it arrives by PayCodes’ clock');
    }
    case 'type-sms-code':
      return typeSmsCode(page, action.code);
    case 'transfer': {
      const { transaction_number: number } = await qaClient.transfer(action.transfer);
      return page.setSent({ ...action.transfer, number });
    }
    case 'match':
      await qaClient.match(action.id, action.number);
      await runner.refresh();
      return page.announce('Credited: Paykassma has sent the postback');
    case 'cancel':
      return page.announce(`Canceling answered ${await runner.atShop('cancel')}`);
    case 'refund':
      return page.announce(`The refund answered ${await runner.atShop('refund')}`);
    case 'copy':
      return copy(page, action.text, action.into);
    case 'behave':
      return void (await qaClient.behave(action.change));
    case 'reset':
      await qaClient.reset(action.of);
      page.remember({
        faults: scenario.faults.filter((id) => namedFaults.find((fault) => fault.id === id)?.of !== action.of),
        ...(action.of !== 'paykassma' && { [action.of]: 0 }),
      });
      return page.announce(`${names[action.of]} was reset`);
    case 'move-clock':
      await qaClient.moveClock(action.of, action.ms ? { advanceMs: action.ms } : { aheadMs: 0 });
      page.remember({ [action.of]: action.ms && scenario[action.of] + action.ms });
      if (action.of === 'bff') await runner.refresh();
      return page.announce(`${clockOf(action.of)} clock was moved`);
    case 'order-fault':
      await orderFault(action.id);
      page.remember({ faults: [...new Set([...scenario.faults, action.id])] });
      return page.announce('Ordered for the next payment');
    case 'reset-environment':
      await Promise.all([
        ...(['bff', 'paycodes', 'payme'] as const).map((of) => qaClient.moveClock(of, { aheadMs: 0 })),
        runner.line('clear'),
      ]);
      page.remember({ bff: 0, paycodes: 0, payme: 0 });
      return runner.refresh();
    case 'clear-log':
      return page.clearLog();
  }
}

/**
 * Shows a state in the currency that it needs, and embedded in the page itself, because another origin's frame cannot be driven.
 */
export async function showState(page: ActingPage, id: string): Promise<void> {
  const { settings } = page.scenario;
  const state = findState(id);
  const embed = isInPage(settings.embed) ? settings.embed : 'script';
  const { currency, prices } = marketOf(state?.currency ?? 'PLN');
  const chosen = { ...settings, currency, amount: prices[0], embed };
  page.remember({ settings: chosen, state: id, code: '', faults: [], bff: 0, paycodes: 0, payme: 0 });
  page.setBusy(true);
  try {
    await page.runner.reset();
    await state?.show(page.runner);
  } finally {
    page.setBusy(false);
  }
}

/** Types a code. Where the checkout takes none any more, a new payment is made first, so that one click is enough. */
async function fill(page: ActingPage, code: string): Promise<void> {
  page.remember({ code, state: '' });
  if (await copiedFor(page, code)) return;
  if (page.stage.fill(code)) return;
  await page.runner.open();
  if (!page.stage.fill(code)) page.announce('There is no field to type into');
}

/** Types the code of an SMS. The page's address does not hold it, because it belongs to one payment. */
async function typeSmsCode(page: ActingPage, code: string): Promise<void> {
  page.remember({ code: '', state: '' });
  if ((await copiedFor(page, code)) || page.stage.fill(code)) return;
  page.announce('There is no field to type into');
}

/** Types a transaction number. The page's address does not hold it, because a number counts once. */
async function fillNumber(page: ActingPage, number: string): Promise<void> {
  page.remember({ code: '', state: '' });
  if ((await copiedFor(page, number)) || (await page.runner.takeNumber(number))) return;
  page.announce('The checkout asks for no transaction number');
}

/**
 * Copies the text where the checkout is another origin's frame, into which nothing can be typed from here.
 * @returns Whether it did.
 */
async function copiedFor(page: ActingPage, text: string): Promise<boolean> {
  if (isInPage(page.scenario.settings.embed)) return false;
  await copy(page, text, 'the plugin window');
  return true;
}

async function copy(page: ActingPage, text: string, into: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  page.announce(`${text} is copied: paste it in ${into}, another origin’s frame`);
}

const clockOf = (of: ClockOf): string => (of === 'bff' ? 'The BFF’s' : of === 'paycodes' ? 'PayCodes’' : 'Payme’s');
