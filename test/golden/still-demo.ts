/**
 * A demo whose clocks stand still: the BFF's and those of the services move by a second when they are told to, and then the BFF does all that is
 * due. So nothing that is said depends on how fast this machine is.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { type Demo, startDemo } from '../../demo/start-demo.ts';
import { plainFetch } from './page-world.ts';
import { listenIn, type Message, type Place, type Wire } from './wire.ts';

/** When the clocks begin. */
export const firstMoment = Date.parse('2027-03-01T12:00:00.000Z');
/** Longer than any service of the demo takes to answer. */
const patienceMs = 60_000;

export class StillDemo {
  readonly demo: Demo;
  readonly wire: Wire;
  /** Where each server listens: `http://127.0.0.1:port`. */
  readonly origins: Record<Place, string>;
  /** Of the payment on show; '' while there is none. */
  clientSecret = '';
  /** Nobody waits for what is on its way. */
  meanwhile = false;
  readonly #clock: { now: number };

  /** @param databaseUrl Of an empty database. */
  static async open(databaseUrl: string): Promise<StillDemo> {
    const clock = { now: firstMoment };
    for (let tries = 1; ; tries += 1) {
      try {
        return new StillDemo(await startDemo({ portBase: 0, databaseUrl, now: () => clock.now }), clock);
      } catch (cause) {
        // A port that was free a moment ago may be taken by a neighbour.
        if (tries === 5) throw cause;
      }
    }
  }

  private constructor(demo: Demo, clock: { now: number }) {
    this.demo = demo;
    this.#clock = clock;
    const { bff, qa, paycodes, paykassma, payme } = demo.urls;
    this.origins = { bff, shop: new URL(qa).origin, paycodes, paykassma, payme };
    const ports = Object.entries(this.origins).map(([place, url]): [number, Place] => [
      Number(new URL(url).port),
      place as Place,
    ]);
    this.wire = listenIn(new Map(ports));
  }

  async close(): Promise<void> {
    this.wire.close();
    await this.demo.close();
  }

  /** The time between two requests of a page. */
  async secondPasses(): Promise<void> {
    await this.settle();
    this.wire.nextTurn();
    this.#clock.now += 1_000;
    await this.settle();
    this.wire.nextTurn();
  }

  /** All that has begun is over, and what is due has been done: again, as long as one thing leads to another. */
  async settle(): Promise<void> {
    const { messages } = this.wire;
    for (let before = -1; before !== messages.length; ) {
      if (!this.meanwhile) await this.#nothingUnderway();
      before = messages.length;
      await this.#doWhatIsDue();
    }
  }

  /** The demo's switch of the BFF's clock answers when the BFF has done what is due. */
  async #doWhatIsDue(): Promise<void> {
    const order = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ advanceMs: 0 }) };
    const response = await plainFetch(`${this.origins.shop}/qa/clock`, order);
    if (!response.ok) throw new Error(`The clock answered ${response.status}`);
    await response.arrayBuffer();
  }

  async #nothingUnderway(): Promise<void> {
    const end = performance.now() + patienceMs;
    const wasUnderway = this.wire.messages.some(({ to, isOver }) => !isOver && to !== 'bff' && to !== 'shop');
    while ((this.wire.messages.some(isUnderway) || this.#owesPostback()) && performance.now() < end) await pause(5);
    // The BFF had answered the click before the service did: what it makes of that answer takes it a moment.
    while (wasUnderway && (await this.#isChecked()) && performance.now() < end) await pause(20);
  }

  #owesPostback(): boolean {
    const { transactions, postbacks } = this.demo.paykassma.ledger();
    const isTold = (id: string) =>
      postbacks.some(({ custom_transaction_id, tries }) => custom_transaction_id === id && tries.at(-1)?.status !== null);
    return transactions.some(({ status, custom_transaction_id }) => status === 'activated' && !isTold(custom_transaction_id));
  }

  /** A call of the BFF's is on its way, or its answer is being written down. */
  async #isChecked(): Promise<boolean> {
    if (!this.clientSecret) return false;
    const headers = { authorization: `Bearer ${this.clientSecret}`, 'x-unheard': '1' };
    const response = await plainFetch(`${this.origins.bff}/checkout`, { headers });
    const { nextAction } = (await response.json()) as { nextAction?: { reason?: string } };
    return nextAction?.reason === 'checking';
  }
}

/** A page that follows its payment may do so for ever. */
const isUnderway = ({ isOver, url }: Message): boolean => !isOver && !/[?&]wait=/.test(url);

/** Pay codes that PayCodes drew since the demo began, oldest first. */
export function drawnCodes({ demo }: StillDemo): string[] {
  const { codes } = demo.paycodes.ledger();
  return codes.filter(({ genTime }) => Date.parse(genTime ?? '') >= firstMoment).map(({ code }) => code);
}
