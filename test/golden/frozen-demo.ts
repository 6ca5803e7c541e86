/**
 * A demo whose clocks stand still. Those of BFF and services move by a second on demand, and then the BFF does all work that is
 * due, so that no message depends on the speed of the machine.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { type Demo, startDemo } from '../../demo/start-demo.ts';
import { type HttpRecorder, type Message, type Place, recordHttp } from './http-recorder.ts';
import { plainFetch } from './page-environment.ts';

/** Start of the clocks. */
export const firstMoment = Date.parse('2027-03-01T12:00:00.000Z');
/** Longer than any service of the demo takes to answer. */
const patienceMs = 60_000;

export class FrozenDemo {
  readonly demo: Demo;
  readonly recorder: HttpRecorder;
  /** Where each server listens: `http://127.0.0.1:port`. */
  readonly origins: Record<Place, string>;
  /** Client secret of the payment that is shown; '' while there is none. */
  clientSecret = '';
  /** Nobody waits for what is on its way. */
  meanwhile = false;
  readonly #clock: { now: number };

  /** @param databaseUrl Address of an empty database. */
  static async open(databaseUrl: string): Promise<FrozenDemo> {
    const clock = { now: firstMoment };
    for (let tries = 1; ; tries += 1) {
      try {
        return new FrozenDemo(await startDemo({ portBase: 0, databaseUrl, now: () => clock.now }), clock);
      } catch (cause) {
        // Another process may have taken a port that was free a moment ago.
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
    this.recorder = recordHttp(new Map(ports));
  }

  async close(): Promise<void> {
    this.recorder.close();
    await this.demo.close();
  }

  /** Lets the second between two requests of a page pass. */
  async secondPasses(): Promise<void> {
    await this.settle();
    this.recorder.nextTurn();
    this.#clock.now += 1_000;
    await this.settle();
    this.recorder.nextTurn();
  }

  /** Waits until all requests have ended and all work that is due was done, repeatedly, as long as one leads to the other. */
  async settle(): Promise<void> {
    const { messages } = this.recorder;
    for (let before = -1; before !== messages.length; ) {
      if (!this.meanwhile) await this.#nothingUnderway();
      before = messages.length;
      await this.#doWhatIsDue();
    }
  }

  /** The demo's control of the BFF's clock answers when the BFF has done the work that is due. */
  async #doWhatIsDue(): Promise<void> {
    const order = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ advanceMs: 0 }) };
    const response = await plainFetch(`${this.origins.shop}/qa/clock`, order);
    if (!response.ok) throw new Error(`The clock answered ${response.status}`);
    await response.arrayBuffer();
  }

  async #nothingUnderway(): Promise<void> {
    const end = performance.now() + patienceMs;
    const wasUnderway = this.recorder.messages.some(({ to, isOver }) => !isOver && to !== 'bff' && to !== 'shop');
    while ((this.recorder.messages.some(isUnderway) || this.#owesPostback()) && performance.now() < end) await pause(5);
    // The BFF answered the click before the service did, and needs a moment to store that answer.
    while (wasUnderway && (await this.#isChecked()) && performance.now() < end) await pause(20);
  }

  #owesPostback(): boolean {
    const { transactions, postbacks } = this.demo.paykassma.ledger();
    const isTold = (id: string) =>
      postbacks.some(({ custom_transaction_id, tries }) => custom_transaction_id === id && tries.at(-1)?.status !== null);
    return transactions.some(({ status, custom_transaction_id }) => status === 'activated' && !isTold(custom_transaction_id));
  }

  /** Whether a call of the BFF is running, or its answer is being stored. */
  async #isChecked(): Promise<boolean> {
    if (!this.clientSecret) return false;
    const headers = { authorization: `Bearer ${this.clientSecret}`, 'x-unheard': '1' };
    const response = await plainFetch(`${this.origins.bff}/checkout`, { headers });
    const { nextAction } = (await response.json()) as { nextAction?: { reason?: string } };
    return nextAction?.reason === 'checking';
  }
}

/** A page may poll its payment for ever. */
const isUnderway = ({ isOver, url }: Message): boolean => !isOver && !/[?&]wait=/.test(url);

/** Pay codes that PayCodes has drawn since the demo started, oldest first. */
export function drawnCodes({ demo }: FrozenDemo): string[] {
  const { codes } = demo.paycodes.ledger();
  return codes.filter(({ genTime }) => Date.parse(genTime ?? '') >= firstMoment).map(({ code }) => code);
}
