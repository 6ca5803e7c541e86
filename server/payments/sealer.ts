/** Seals what may not lie in clear at rest: AES-256-GCM, a fresh nonce each time, bound to its row by the context. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Sealer } from './ports.ts';

const nonceBytes = 12;
const tagBytes = 16;

/** `key`: 32 bytes, from `SEALING_KEY`. `open` throws for another key, another context or a changed text. */
export function createSealer(key: Buffer): Sealer {
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `pay-desk ${use}`, 32));
  const sealing = derive('seal');
  const hashing = derive('fingerprint');
  return {
    seal(plain, context) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return `v1.${Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url')}`;
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed.slice('v1.'.length), 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, nonceBytes)).setAAD(Buffer.from(context));
      decipher.setAuthTag(bytes.subarray(-tagBytes));
      return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]).toString('utf8');
    },
    fingerprint: (text) => createHmac('sha256', hashing).update(text).digest('base64url'),
  };
}
