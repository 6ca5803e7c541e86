/** Keys can be exchanged: what was sealed or hashed before is still read and found. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import type { NamedKey } from '../../../server/payments/sealer.ts';
import { createSealer } from '../../../server/payments/sealer.ts';

const [first, second] = [randomBytes(32), randomBytes(32)];
const key = (id: string, bytes: Buffer | null, readOnly = false): NamedKey => ({ id, bytes, readOnly });
const before = createSealer(first);
const announced = createSealer({ sealing: [key('b', second, true), key('0', first)], lookup: [key('0', first)] });
const promoted = createSealer({ sealing: [key('b', second), key('0', first)], lookup: [key('0', first)] });
const alone = createSealer({ sealing: [key('b', second)], lookup: [key('0', first)] });

describe('a sealed text', () => {
  it('names its key, but for texts of the key 0, which look as they did before keys had ids', () => {
    assert.match(before.seal('GOOD0001', 'att_1'), /^v1\.[\w-]+$/);
    assert.match(promoted.seal('GOOD0001', 'att_1'), /^k\.b\.v1\.[\w-]+$/);
  });

  it('is read by every process in each step of an exchange', () => {
    const steps = [before, announced, promoted, alone];
    steps.forEach((writer, step) => {
      const sealed = writer.seal('GOOD0001', 'att_1');
      // Processes are one step apart at most, because all of them are restarted before the next step.
      for (const reader of steps.slice(Math.max(0, step - 1), step + 2)) {
        if (reader === alone && writer.keyId === '0') continue;
        if (reader === before && writer.keyId !== '0') continue;
        assert.equal(reader.open(sealed, 'att_1'), 'GOOD0001');
      }
    });
    assert.equal(announced.keyId, '0', 'a key that is only announced writes nothing');
    assert.equal(announced.open(promoted.seal('x', 'att_1'), 'att_1'), 'x');
  });

  it('stays bound to its row and to the secret of its caller', () => {
    const sealed = promoted.sealFor('caller', 'codes', 'bat_1');
    assert.equal(announced.openFor('caller', sealed, 'bat_1'), 'codes');
    assert.throws(() => promoted.openFor('other', sealed, 'bat_1'));
    assert.throws(() => promoted.openFor('caller', sealed, 'bat_2'));
    assert.equal(promoted.openFor('caller', before.sealFor('caller', 'codes', 'bat_1'), 'bat_1'), 'codes');
  });

  it('of a key that is lost or not listed is refused with the id of the key', () => {
    const without = createSealer({ sealing: [key('c', first), key('b', null)], lookup: [key('0', first)] });
    assert.throws(() => without.open(promoted.seal('x', 'att_1'), 'att_1'), /sealed under the key b, which is not configured/);
  });
});

describe('a keyed hash', () => {
  it('does not change when the sealing key does', () => {
    for (const sealer of [announced, promoted, alone]) assert.equal(sealer.fingerprint('text'), before.fingerprint('text'));
  });

  it('is found under the older keys, and written under the newest that may write', () => {
    const exchanged = createSealer({ sealing: [key('0', first)], lookup: [key('n', second), key('0', first)] });
    assert.notEqual(exchanged.fingerprint('text'), before.fingerprint('text'));
    assert.deepEqual(exchanged.fingerprints('text'), [exchanged.fingerprint('text'), before.fingerprint('text')]);
    const readOnly = createSealer({ sealing: [key('0', first)], lookup: [key('n', second, true), key('0', first)] });
    assert.deepEqual(readOnly.fingerprints('text'), exchanged.fingerprints('text').toReversed());
  });
});
