/** Bearer tokens: 256 random bits, known to us only by their SHA-256, which is enough for what cannot be guessed. */
import { createHash, randomBytes } from 'node:crypto';

export const newClientSecret = (): string => `cs_${randomBytes(32).toString('base64url')}`;

/** Hex. */
export const hashBearer = (token: string): string => createHash('sha256').update(token).digest('hex');
