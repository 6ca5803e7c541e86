/** A token as Payme's: an id, `_`, and a long tail that nobody can guess; 415 signs in all. */
import { randomInt } from 'node:crypto';
import { drawId } from './draw-id.ts';

const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export const drawToken = (now: number): string =>
  `${drawId(now)}_${Array.from({ length: 390 }, () => signs[randomInt(signs.length)]).join('')}`;
