/** A merchants file with a secret key for a name: the server that it is for runs on, and says whose it is and what to do. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { MerchantsFile } from '../../server/merchants-file.ts';
import { createReloader } from '../../server/reload.ts';

it('is put in force with a warning of each merchant concerned, at the start and whenever it is read again', () => {
  const keys = { secret: 'PLANTED1', accessKey: 'PLANTED2', privateKey: 'PLANTED3' };
  const merchant = (id: string, account: string) => ({ id, methods: { wallet: { ...keys, account } } });
  const content = { merchants: [merchant('books', 'books'), merchant('tea', keys.secret)], operators: [] };
  const warned: unknown[] = [];
  let applied = 0;
  const reloader = createReloader({
    read: () => ({ content: content as unknown as MerchantsFile, mistakes: [], files: [] }),
    apply: () => {
      applied += 1;
    },
    log: { info: () => undefined, warn: (...said: unknown[]) => void warned.push(...said) },
  });
  assert.ok(reloader.reload());
  reloader.stop();
  assert.deepEqual([applied, reloader.refusedSince(), warned.length], [2, null, 2]);
  for (const warning of warned) {
    assert.match(
      String(warning),
      /^merchant tea: methods\.wallet\.account: it is the secret, .* keep the name and replace that key/,
    );
    assert.doesNotMatch(String(warning), /PLANTED/);
  }
});
