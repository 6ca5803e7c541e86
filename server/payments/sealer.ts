/**
 * Encrypts what must not be stored in clear: AES-256-GCM with a new nonce each time, bound to its row by the context. A
 * ciphertext is `k.`, the id of its key, `.v1.` and, in base64url, nonce, encrypted text and authentication tag. Texts of the
 * key `0` have no id in front, because there was only one key before keys had ids.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Sealer } from './model/ports.ts';

/** The keys of this server, newest first, each list with at least one that may write. */
export interface Keys {
  /** Encrypt what is stored. */
  sealing: readonly NamedKey[];
  /** Make the hashes by which something is found again that is not stored itself. */
  lookup: readonly NamedKey[];
}

export interface NamedKey {
  id: string;
  /** 32 bytes. Null for a key that is lost: what was written with it cannot be read any more. */
  bytes: Buffer | null;
  /** Nothing new is written with it, so that processes that do not know it yet can read everything. */
  readOnly: boolean;
}

const nonceBytes = 12;
const tagBytes = 16;

/** The id of the key that is given alone, and of the texts that name no key. */
export const firstKeyId = '0';

export function createSealer(given: Buffer | Keys): Sealer {
  const { sealing, lookup } = asKeys(given);
  const known = new Map(sealing.flatMap(({ id, bytes }) => (bytes ? [[id, { bytes, sealing: derive(bytes, 'seal') }]] : [])));
  const newest = writingKey(sealing);
  const hashing = inOrderOfUse(lookup).map((bytes) => derive(bytes, 'fingerprint'));
  const keyById = (id: string) => {
    const key = known.get(id);
    if (!key) throw new Error(`a text is sealed under the key ${id}, which is not configured`);
    return key;
  };
  const seal = (key: Buffer, plain: string, context: string) => withKeyId(newest.id, encrypt(key, plain, context));
  const open = (key: Buffer, sealed: string, context: string) => decrypt(key, withoutKeyId(sealed), context);
  return {
    keyId: newest.id,
    seal: (plain, context) => seal(keyById(newest.id).sealing, plain, context),
    open: (sealed, context) => open(keyById(keyIdOf(sealed)).sealing, sealed, context),
    sealFor: (secret, plain, context) => seal(derive(newest.bytes, 'seal for', secret), plain, context),
    openFor: (secret, sealed, context) => open(derive(keyById(keyIdOf(sealed)).bytes, 'seal for', secret), sealed, context),
    fingerprint: (text) => hash(hashing[0], text),
    fingerprints: (text) => hashing.map((key) => hash(key, text)),
  };
}

/** One key alone, of 32 bytes, stands for the key `0` for both purposes. */
export function asKeys(given: Buffer | Keys): Keys {
  if (!Buffer.isBuffer(given)) return given;
  const keys = [{ id: firstKeyId, bytes: given, readOnly: false }];
  return { sealing: keys, lookup: keys };
}

/** The newest key that is not only for reading. The configuration makes sure that there is one. */
function writingKey(keys: readonly NamedKey[]): { id: string; bytes: Buffer } {
  const key = keys.find(({ readOnly, bytes }) => !readOnly && bytes !== null);
  if (!key?.bytes) throw new Error('none of the keys may be used to write');
  return { id: key.id, bytes: key.bytes };
}

/** The key that is written with comes first. */
function inOrderOfUse(keys: readonly NamedKey[]): Buffer[] {
  const first = writingKey(keys);
  return [first.bytes, ...keys.flatMap(({ id, bytes }) => (bytes && id !== first.id ? [bytes] : []))];
}

const derive = (key: Buffer, purpose: string, salt: string | Buffer = Buffer.alloc(0)): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, `pay-desk ${purpose}`, 32));

const hash = (key: Buffer | undefined, text: string): string =>
  createHmac('sha256', key ?? '')
    .update(text)
    .digest('base64url');

/** Tells keys apart without revealing them: it is stored, and a start with another key of the same id is refused. */
export const checkValue = (key: Buffer): string => hash(derive(key, 'check'), 'pay-desk');

const withKey = /^k\.([^.]+)\./;

/** Under which key a text is sealed. */
export const keyIdOf = (sealed: string): string => withKey.exec(sealed)?.[1] ?? firstKeyId;
/** How all texts begin that are sealed under this key. */
export const beginningOf = (keyId: string): string => (keyId === firstKeyId ? 'v1.' : `k.${keyId}.`);

const withKeyId = (id: string, text: string): string => (id === firstKeyId ? text : `k.${id}.${text}`);
const withoutKeyId = (sealed: string): string => sealed.replace(withKey, '');

function encrypt(key: Buffer, plain: string, context: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return `v1.${Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url')}`;
}

function decrypt(key: Buffer, text: string, context: string): string {
  const bytes = Buffer.from(text.slice('v1.'.length), 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes)).setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]).toString('utf8');
}
