/** Randomness of everything in this process, the product's ids and keys included, from one seed. */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { createRandom, type Random } from '../random.ts';

let random: Random = createRandom('');

export function reseed(seed: string): void {
  random = createRandom(seed).fork('ids and keys');
}

/** Replaces the sources of randomness of this process, for good. */
export function installVirtualRandom(): void {
  const bytes = (size: number): Buffer => {
    const made = Buffer.alloc(size);
    for (let at = 0; at < size; at += 1) made[at] = Math.floor(random.next() * 256);
    return made;
  };
  Math.random = () => random.next();
  Object.assign(crypto, {
    randomBytes: bytes,
    randomInt: (least: number, most?: number) =>
      most === undefined ? Math.floor(random.next() * least) : least + Math.floor(random.next() * (most - least)),
    randomUUID: () => {
      const made = bytes(16);
      made[6] = ((made[6] ?? 0) & 0x0f) | 0x40;
      made[8] = ((made[8] ?? 0) & 0x3f) | 0x80;
      return made.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    },
  });
  syncBuiltinESMExports();
}
