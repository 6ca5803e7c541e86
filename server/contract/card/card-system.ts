/** Whose card it is, by its first digits, as far as they are typed. Uzcard: 8600, 5614, 6262; Humo: 9860. Null for others. */
export type CardSystem = 'uzcard' | 'humo';

export function cardSystem(digits: string): CardSystem | null {
  if (/^(?:8600|5614|6262)/.test(digits)) return 'uzcard';
  return digits.startsWith('9860') ? 'humo' : null;
}
