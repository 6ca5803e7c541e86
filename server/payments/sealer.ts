/**
 * Encrypts what must not be stored in clear: AES-256-GCM with a new nonce each time, bound to its row by the context. A
 * ciphertext is `v1.` and, in base64url, nonce, encrypted text and authentication tag.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Sealer } from './model/ports.ts';

const nonceBytes = 12;
const tagBytes = 16;

/** @param key 32 bytes, from `SEALING_KEY`. The keys for encryption and for fingerprints are derived from it. */
export function createSealer(key: Buffer): Sealer {
  const derive = (purpose: string, salt: string | Buffer = Buffer.alloc(0)) =>
    Buffer.from(hkdfSync('sha256', key, salt, `pay-desk ${purpose}`, 32));
  const sealing = derive('seal');
  const hashing = derive('fingerprint');
  return {
    seal: (plain, context) => seal(sealing, plain, context),
    open: (sealed, context) => open(sealing, sealed, context),
    sealFor: (secret, plain, context) => seal(derive('seal for', secret), plain, context),
    openFor: (secret, sealed, context) => open(derive('seal for', secret), sealed, context),
    fingerprint: (text) => createHmac('sha256', hashing).update(text).digest('base64url'),
  };
}

function seal(key: Buffer, plain: string, context: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return `v1.${Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url')}`;
}

function open(key: Buffer, sealed: string, context: string): string {
  const bytes = Buffer.from(sealed.slice('v1.'.length), 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes)).setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]).toString('utf8');
}
