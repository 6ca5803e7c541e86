/** How a card's system writes itself; '' for one we do not know. Of a number as far as it is typed, or masked. */
import { cardSystem } from '#contract';

const names = { uzcard: 'Uzcard', humo: 'Humo' };

export function systemName(number: string): string {
  const system = cardSystem(number);
  return system ? names[system] : '';
}
