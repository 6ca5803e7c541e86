/** Random, so that it tells nothing of traffic; short, so that a customer can read it out. */
import { randomBytes } from 'node:crypto';

export const newRequestId = (): string => randomBytes(6).toString('hex');
