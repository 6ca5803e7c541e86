/**
 * Brings a payment of a demo of its own to a state, as the QA page does, and hears what is said on the way. The clocks of the BFF and of the
 * services stand still but for a second before each request of the page: so nothing depends on how fast this machine is.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Director, type Scenery } from '../../demo/page/director.ts';
import { marketOf } from '../../demo/page/markets.ts';
import { firstSettings, type Settings } from '../../demo/page/settings.ts';
import type { CustomerState } from '../../demo/page/states/customer-state.ts';
import { type Demo, startDemo } from '../../demo/start-demo.ts';
import { CheckoutWithoutBrowser } from './checkout-without-browser.ts';
import { inPageWorld, plainFetch, seededRandom } from './page-world.ts';
import { restOf } from './rests.ts';
import { listenIn, type Message, type Place, type Wire } from './wire.ts';

/** What a state brought about. */
export interface Played {
  messages: readonly Message[];
  /** Where each server listened: `http://127.0.0.1:port`. */
  origins: Record<Place, string>;
  /** Pay codes that PayCodes drew on the way, oldest first. */
  drawnCodes: string[];
}

/** The first moment of every state. */
export const firstMoment = Date.parse('2027-03-01T12:00:00.000Z');
/** Longer than any service of the demo takes to answer. */
const patienceMs = 60_000;

/** @param databaseUrl Of an empty database. */
export async function playState(state: CustomerState, databaseUrl: string): Promise<Played> {
  const clock = { now: firstMoment };
  const demo = await openDemo(databaseUrl, () => clock.now);
  const { bff, paycodes, paykassma, payme } = demo.urls;
  const origins: Record<Place, string> = { bff, shop: new URL(demo.urls.qa).origin, paycodes, paykassma, payme };
  const ports = Object.entries(origins).map(([place, url]): [number, Place] => [Number(new URL(url).port), place as Place]);
  const wire = listenIn(new Map(ports));
  const stage = new Stage(demo, wire, origins, clock);
  try {
    await inPageWorld({ origin: origins.shop, random: seededRandom(state.id), before: () => stage.secondPasses() }, () =>
      stage.play(state),
    );
    const drawnCodes = demo.paycodes
      .ledger()
      .codes.filter(({ genTime }) => Date.parse(genTime ?? '') >= firstMoment)
      .map(({ code }) => code);
    return { messages: wire.messages, origins, drawnCodes };
  } finally {
    wire.close();
    await demo.close();
  }
}

/** Ports that were free a moment ago may be taken by a neighbour. */
async function openDemo(databaseUrl: string, now: () => number): Promise<Demo> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await startDemo({ portBase: 0, databaseUrl, now });
    } catch (cause) {
      if (tries === 5) throw cause;
    }
  }
}

/** What is looked at of a payment. */
interface Read {
  nextAction?: { reason?: string };
}

class Stage {
  readonly #demo: Demo;
  readonly #wire: Wire;
  readonly #origins: Record<Place, string>;
  /** By which all clocks of this demo go. */
  readonly #clock: { now: number };
  readonly #checkout = new CheckoutWithoutBrowser();
  /** A click is on its way, and the page is looked at meanwhile. */
  #meanwhile = false;

  constructor(demo: Demo, wire: Wire, origins: Record<Place, string>, clock: { now: number }) {
    this.#demo = demo;
    this.#wire = wire;
    this.#origins = origins;
    this.#clock = clock;
  }

  async play(state: CustomerState): Promise<void> {
    const checkout = this.#checkout;
    const { currency, prices } = marketOf(state.currency ?? 'PLN');
    const scenery: Scenery & { settings: Settings } = {
      settings: { ...firstSettings, currency, amount: prices[0], width: 'phone' },
      stage: checkout,
      bffUrl: this.#origins.bff,
      choose: (change) => void Object.assign(scenery.settings, change),
      show: (address) => checkout.show(address),
    };
    await state.show(new Director(scenery));
    await checkout.ready();
    const { status, meanwhile } = restOf(state.id);
    if (meanwhile) await this.#lookMeanwhile(meanwhile);
    await checkout.answered();
    for (let looks = 0; status && checkout.view?.status !== status && looks < 30; looks += 1) await checkout.refresh();
    await this.#lookAtTheEnd();
    await this.#settle();
  }

  /** The time between two requests of the page. */
  async secondPasses(): Promise<void> {
    await this.#settle();
    this.#wire.nextTurn();
    this.#clock.now += 1_000;
    await this.#settle();
    this.#wire.nextTurn();
  }

  /** All that has begun is over, and what is due has been done: again, as long as one thing leads to another. */
  async #settle(): Promise<void> {
    const { messages } = this.#wire;
    for (let before = -1; before !== messages.length; ) {
      if (!this.#meanwhile) await this.#nothingUnderway();
      before = messages.length;
      await this.#doWhatIsDue();
    }
  }

  /** The demo's switch of the BFF's clock answers when the BFF has done what is due. */
  async #doWhatIsDue(): Promise<void> {
    const order = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ advanceMs: 0 }) };
    const response = await plainFetch(`${this.#origins.shop}/qa/clock`, order);
    if (!response.ok) throw new Error(`The clock answered ${response.status}`);
    await response.arrayBuffer();
  }

  async #nothingUnderway(): Promise<void> {
    const isUnderway = () => this.#wire.messages.some(({ isOver }) => !isOver) || this.#owesPostback();
    const end = performance.now() + patienceMs;
    const wasUnderway = this.#wire.messages.some(({ to, isOver }) => !isOver && to !== 'bff' && to !== 'shop');
    while (isUnderway() && performance.now() < end) await pause(5);
    // The BFF had answered the click before the service did: what it makes of that answer takes it a moment.
    while (wasUnderway && (await this.#isChecked()) && performance.now() < end) await pause(20);
  }

  #owesPostback(): boolean {
    const { transactions, postbacks } = this.#demo.paykassma.ledger();
    const isTold = (id: string) =>
      postbacks.some(({ custom_transaction_id, tries }) => custom_transaction_id === id && tries.at(-1)?.status !== null);
    return transactions.some(({ status, custom_transaction_id }) => status === 'activated' && !isTold(custom_transaction_id));
  }

  /** A call of the BFF's is on its way, or its answer is being written down. */
  async #isChecked(): Promise<boolean> {
    const { nextAction } = await this.#read(`${this.#origins.bff}/checkout`, this.#checkout.clientSecret, true);
    return nextAction?.reason === 'checking';
  }

  /** As another tab would, as soon as the click has come to this call of a service. */
  async #lookMeanwhile(call: string): Promise<void> {
    await this.#wire.until(({ to, body }) => to !== 'bff' && body.includes(call));
    this.#meanwhile = true;
    await this.#read(`${this.#origins.bff}/checkout`, this.#checkout.clientSecret);
    this.#meanwhile = false;
  }

  /** Every payment once more: as its customer's page follows it, and as the shop's server reads it. */
  async #lookAtTheEnd(): Promise<void> {
    const made = this.#wire.messages.filter(({ to, method, url }) => to === 'bff' && method === 'POST' && url === '/v1/payments');
    for (const { answer, headers } of made) {
      if (!answer || answer.status > 299) continue;
      const { payment, clientSecret } = JSON.parse(answer.body.toString()) as { payment: { id: string }; clientSecret: string };
      const apiKey = headers[headers.findIndex((name) => name.toLowerCase() === 'authorization') + 1] ?? '';
      await this.#read(`${this.#origins.bff}/checkout?since=0&wait=20`, clientSecret);
      await this.#read(`${this.#origins.bff}/v1/payments/${payment.id}`, apiKey.replace(/^Bearer /, ''));
    }
  }

  async #read(url: string, bearer: string, unheard = false): Promise<Read> {
    const headers = { authorization: `Bearer ${bearer}`, ...(unheard && { 'x-unheard': '1' }) };
    const response = await (unheard ? plainFetch : fetch)(url, { headers });
    return (await response.json()) as Read;
  }
}
