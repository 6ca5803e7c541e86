/** Brings a payment to a state, as the QA page does. */

import { marketOf } from '../../demo/page/money.ts';
import { firstSettings, type Settings } from '../../demo/page/qa-events.ts';
import { type RunnerPage, ScenarioRunner } from '../../demo/page/scenario-runner.ts';
import type { CustomerState } from '../../demo/page/states/state.ts';
import { CheckoutWithoutBrowser } from './checkout-without-browser.ts';
import { completionOf } from './completions.ts';
import type { FrozenDemo } from './frozen-demo.ts';
import type { Scene } from './scene.ts';

/** A state of the QA page as a scene. */
export const sceneOf = (state: CustomerState): Scene => ({
  id: state.id,
  words: state.words,
  play: (frozen) => playState(state, frozen),
});

/** The runner's page for a state, in its currency and with its first price. */
export function runnerPageOf(
  state: CustomerState,
  bffUrl: string,
  stage: RunnerPage['stage'],
  show: RunnerPage['show'],
): RunnerPage {
  const { currency, prices } = marketOf(state.currency ?? 'PLN');
  const settings: Settings = { ...firstSettings, currency, amount: prices[0], width: 'phone' };
  return { settings, stage, bffUrl, choose: (change) => void Object.assign(settings, change), show };
}

async function playState(state: CustomerState, frozen: FrozenDemo): Promise<void> {
  const { recorder, origins } = frozen;
  const checkout = new CheckoutWithoutBrowser((clientSecret) => {
    frozen.clientSecret = clientSecret;
  });
  await state.show(new ScenarioRunner(runnerPageOf(state, origins.bff, checkout, (address) => checkout.show(address))));
  await checkout.ready();
  const { status, meanwhile } = completionOf(state.id);
  if (meanwhile) {
    // Another tab reads the payment as soon as the click has led to this call of a service.
    await recorder.until(({ to, body }) => to !== 'bff' && body.includes(meanwhile));
    frozen.meanwhile = true;
    const headers = { authorization: `Bearer ${checkout.clientSecret}` };
    await (await fetch(`${origins.bff}/checkout`, { headers })).arrayBuffer();
    frozen.meanwhile = false;
  }
  await checkout.answered();
  for (let looks = 0; status && checkout.view?.status !== status && looks < 30; looks += 1) await checkout.refresh();
}
