/** Which wallets are offered while Paykassma answers, refuses, or does not answer which are available. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UpstreamError } from '../../../../server/clients/http.ts';
import type { AvailableAnswer } from '../../../../server/clients/paykassma/answers.ts';
import { createAvailability } from '../../../../server/methods/wallet/availability.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';

const wallet = (walletType: string, order: number) => ({ walletType, currency: 'MMK', order });
const list: AvailableAnswer = { kind: 'available', wallets: [wallet('nagad', 2), wallet('wavepay', 1)] };
const refusal: AvailableAnswer = { kind: 'refused', fields: [] };
const fault = new UpstreamError('lost', { upstream: 'paykassma', method: 'available', reason: 'timeout' });

function bed() {
  const clock = createFakeClock();
  const answers: (AvailableAnswer | Error)[] = [];
  let calls = 0;
  const paymentSystemsAvailable = async () => {
    calls += 1;
    const answer = answers.shift() ?? assert.fail('a call too many');
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const observer = { upstreamCall() {}, attempt() {}, webhook() {}, failure() {} };
  const availability = createAvailability({ clock, observer });
  const query = { account: { id: 'a', client: { paymentSystemsAvailable } }, currency: 'MMK', label: 'customer' };
  return {
    clock,
    calls: () => calls,
    /** Opens the checkout while Paykassma answers like this. @returns The wallets that are known; null if all are offered. */
    async open(...next: (AvailableAnswer | Error)[]) {
      answers.push(...next);
      await availability.refresh(query);
      return availability.known(query);
    },
  };
}

describe('the wallets that are offered', () => {
  for (const [what, failed] of [
    ['refuses to say', refusal],
    ['does not answer', fault],
    ['answers what cannot be read', new TypeError('not a list')],
  ] as const) {
    it(`are all of the merchant’s when Paykassma ${what}, and it is asked again soon`, async () => {
      const { open, clock, calls } = bed();
      assert.equal(await open(failed), null);
      assert.equal(await open(), null);
      clock.advance(10_001);
      assert.deepEqual(await open(list), ['wavepay', 'nagad']);
      assert.equal(calls(), 2);
    });

    it(`stay those of its last list when Paykassma ${what} later`, async () => {
      const { open, clock, calls } = bed();
      await open(list);
      clock.advance(60_001);
      assert.deepEqual(await open(failed), ['wavepay', 'nagad']);
      clock.advance(10_001);
      assert.deepEqual(await open({ kind: 'available', wallets: [wallet('nagad', 1)] }), ['nagad']);
      assert.equal(calls(), 3);
    });
  }

  it('are none where Paykassma lists none, for a minute', async () => {
    const { open, clock } = bed();
    assert.deepEqual(await open({ kind: 'available', wallets: [] }), []);
    clock.advance(59_000);
    assert.deepEqual(await open(), []);
  });
});
