/** Two payments by card that were paid after the backup, and a test bed on the restored database, which does not know them. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { createBackedUp } from './backed-up.ts';
import { createCardTestBed } from './card-test-bed.ts';
import type { Engine } from './engines.ts';
import { shopOf } from './recovering.ts';

/** @param theirOrder The order of the second payment. */
export async function loseCardPayments(test: TestContext, engine: Engine, theirOrder = 'theirs') {
  const database = await createBackedUp(engine);
  const bed = await createCardTestBed({ databaseUrl: database.url });
  test.after(() => bed.simulator.close().then(database.drop));
  const since = bed.clock.now();
  await database.backUp();
  bed.clock.advance(60_000);
  const mine = await bed.pay({ orderId: 'mine' });
  const theirs = await bed.pay({ orderId: theirOrder });
  for (const id of [mine, theirs]) {
    await bed.card(id);
    assert.equal((await bed.code(id)).status, 'succeeded');
  }
  const shop = await shopOf(bed, [mine, theirs]);
  await bed.store.close();
  await database.restore(bed.clock.now());
  const again = await createCardTestBed({ databaseUrl: database.url, sealingKey: bed.sealingKey, beside: bed });
  test.after(again.close);
  /** The receipt of the second payment. */
  const theirReceipt = shop(theirs).evidence[0]?.upstreamId ?? assert.fail();
  return {
    again,
    shop,
    mine,
    theirs,
    theirReceipt,
    /** When the backup was made, milliseconds since 1970. */
    since,
    /** The methods as in a version that did not ask Payme whose a receipt is. */
    believing: again.methods.map(({ isMoneyOfAnother: _, ...port }) => port),
  };
}
