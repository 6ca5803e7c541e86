/** Ids as Payme's: 24 hexadecimal digits that begin with the second they were made in and end with a running number. */
import { randomBytes } from 'node:crypto';

let made = 0;

export function drawId(now: number): string {
  made = (made + 1) % 0x1000000;
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0').slice(-digits);
  return hex(Math.floor(now / 1000), 8) + randomBytes(5).toString('hex') + hex(made, 6);
}
