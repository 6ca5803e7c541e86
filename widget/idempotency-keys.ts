/**
 * One Idempotency-Key per click, kept until its outcome is definite: across errors, and across a reload where the browser allows it.
 * Only the key is stored, never what was typed.
 */
export class IdempotencyKeys {
  readonly #kept = new Map<string, string>();

  /** The key of the unfinished click on `name`, or a new one. */
  take(name: string): string {
    const key = this.#kept.get(name) ?? read(name) ?? mint();
    this.#kept.set(name, key);
    guarded((storage) => storage.setItem(slot(name), key));
    return key;
  }

  /** The outcome is known: the next click is another one. */
  forget(name: string): void {
    this.#kept.delete(name);
    guarded((storage) => storage.removeItem(slot(name)));
  }
}

const slot = (name: string) => `pay-desk:click:${name}`;
const read = (name: string) => guarded((storage) => storage.getItem(slot(name))) ?? undefined;

/** Storage may be switched off, full or forbidden in a frame; paying works without it. */
function guarded<T>(use: (storage: Storage) => T): T | undefined {
  try {
    return use(sessionStorage);
  } catch {
    return undefined;
  }
}

/** 128 random bits. Not `randomUUID`: shops without TLS, as in development, do not have it. */
const mint = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
