/** The keys of a database: a wrong one stops the start in one sentence, and an exchanged one is let go when nothing needs it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkKeys } from '../../../server/check-keys.ts';
import { ConfigError } from '../../../server/config-error.ts';
import { resealAll } from '../../../server/payments/reseal.ts';
import type { Keys, NamedKey } from '../../../server/payments/sealer.ts';
import { createSealer } from '../../../server/payments/sealer.ts';
import { type OpenStore, openStore } from '../../../server/storage/store.ts';
import { engines } from '../../support/engines.ts';
import { withTestBed } from '../../support/with-test-bed.ts';

const bytes = (fill: number) => Buffer.alloc(32, fill);
const key = (id: string, fill: number | null, readOnly = false): NamedKey => ({
  id,
  bytes: fill === null ? null : bytes(fill),
  readOnly,
});
const keys = (sealing: NamedKey[], lookup = [key('0', 1)]): Keys => ({ sealing, lookup });
const original = keys([key('0', 1)]);

for (const engine of engines) {
  describe(`the keys of a database (${engine.name})`, { skip: engine.skip }, () => {
    let store: OpenStore;
    withTestBed(engine, openStore, (opened) => {
      store = opened;
    });
    const start = (given: Keys) => checkKeys(store, given, createSealer(given));
    const refusal = async (given: Keys): Promise<string> => {
      const error = await start(given).then(
        () => assert.fail('these keys were accepted'),
        (cause: unknown) => cause,
      );
      assert.ok(error instanceof ConfigError, String(error));
      assert.match(error.message, /^(SEALING|LOOKUP)_KEYS: expected [^\n]+\.$/);
      return error.message;
    };
    const saveCard = (id: string, given: Keys) =>
      store.insertCard({
        id,
        merchantId: 'shop',
        label: 'customer',
        account: 'payme',
        sealed: createSealer(given).seal(`token of ${id}`, id),
        number: '860006******6311',
        mark: 'mark',
        attemptId: `att_${id}`,
        savedAt: 1,
        removedAt: null,
      });
    const tokenOf = async (id: string, given: Keys) => createSealer(given).open((await store.card(id))?.sealed ?? '', id);

    it('a database that knows no key yet refuses one that opens nothing of what is stored', async () => {
      await saveCard('card_1', original);
      assert.match(await refusal(keys([key('0', 9)])), /another key with the id 0, because this one opens nothing/);
      // Nothing was remembered of the wrong key, so the right one is accepted.
      assert.deepEqual(await start(original), []);
    });

    it('another key of a known id is refused, even if nothing is sealed under it', async () => {
      assert.match(await refusal(keys([key('0', 2)])), /^SEALING_KEYS: expected the same key with the id 0 as before/);
      assert.match(await refusal(keys([key('0', 1)], [key('0', 2)])), /^LOOKUP_KEYS: expected the same key with the id 0/);
    });

    it('a key that is still needed cannot be let go, unless it is said to be lost', async () => {
      assert.match(await refusal(keys([key('b', 2)])), /the key with the id 0 as well, because 1 stored texts are still sealed/);
      await start(keys([key('c', 3), key('0', null)]));
    });

    it('the lookup key cannot vanish with the sealing key that it came from', async () => {
      assert.match(await refusal(keys([key('0', 1)], [key('n', 4)])), /^LOOKUP_KEYS: expected one of the keys/);
    });

    it('a key that was not announced is used all the same, with a warning about other processes', async () => {
      const [warning] = await start(keys([key('d', 5), key('0', 1)]));
      assert.match(warning ?? '', /the sealing key d is used at once/);
      await start(keys([key('e', 6, true), key('0', 1)]));
      assert.deepEqual(await start(keys([key('e', 6), key('0', 1)])), []);
    });

    it('everything is sealed again, also while it is changed, and then the old key is not needed any more', async () => {
      const both = keys([key('e', 6), key('0', 1)]);
      for (let n = 2; n <= 60; n += 1) await saveCard(`card_${n}`, original);
      const damaged = { ...(await store.card('card_60')), sealed: 'v1.AAAA' };
      await store.updateCard(damaged as NonNullable<Awaited<ReturnType<typeof store.card>>>);
      let changed = false;
      const racing: typeof store = {
        ...store,
        // Somebody stores another token between the reading of a text and its replacement.
        async replaceSealedTexts(table, replacements) {
          const card = await store.card('card_2');
          if (!changed && card) await store.updateCard({ ...card, sealed: createSealer(original).seal('newer token', 'card_2') });
          changed = true;
          return store.replaceSealedTexts(table, replacements);
        },
      };
      const progress: number[] = [];
      const options = { onProgress: (count: number) => void progress.push(count) };
      const [newest, oldest] = await resealAll(racing, both, createSealer(both), options);
      assert.deepEqual([newest?.rows.cards, oldest?.rows.cards], [58, 2]);
      assert.equal(await tokenOf('card_2', both), 'newer token');
      assert.equal(await tokenOf('card_3', keys([key('e', 6)])), 'token of card_3');
      assert.equal(Math.max(...progress), 58);

      const again = await resealAll(store, both, createSealer(both));
      assert.deepEqual(
        again.map(({ keyId, rows }) => [keyId, rows.cards]),
        [
          ['e', 59],
          ['0', 1],
        ],
      );
      assert.equal(await tokenOf('card_2', keys([key('e', 6)])), 'newer token');
      await store.deleteCard('card_60');
      assert.deepEqual(await start(keys([key('e', 6)])), []);
    });
  });
}
