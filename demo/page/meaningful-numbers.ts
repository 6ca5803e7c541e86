/** Numbers of transfers with a meaning of their own. The digits between are free: a number counts once, so each click takes a new one. */
import type { TransferNumber } from '#contract';

export interface MeaningfulNumber {
  /** What it begins and ends with; the simulator knows it by these. */
  begins: string;
  ends: string;
  brings: string;
}

const ending = (ends: string, brings: string): MeaningfulNumber => ({ begins: '10', ends, brings });

export const credited: MeaningfulNumber = { begins: '13946', ends: '', brings: 'paid at once' };
export const accepted = ending('01', 'found, not credited; paid 3 s later');
export const pending = ending('02', 'being checked; paid 3 s later');
export const notFound = ending('03', 'not found; waits for an operator');
export const refused = ending('05', 'refused');
export const half = ending('06', 'half of it is credited');

export const meaningfulNumbers: readonly MeaningfulNumber[] = [
  credited,
  accepted,
  pending,
  notFound,
  ending('04', 'not found; paid 3 s later'),
  refused,
  half,
  ending('07', 'paid, but answered after 30 s'),
  ending('08', 'the answer is a broken page: never known'),
  ending('09', 'refused, reasons by field'),
];

/** One that nobody has told yet, as long as the wallet wants it. */
export function drawNumber({ begins, ends }: MeaningfulNumber, rule?: TransferNumber): string {
  const fits = new RegExp(`^(?:${rule?.pattern ?? '.*'})$`);
  const draw = (length: number): string => {
    const between = Array.from({ length: length - begins.length - ends.length }, () => Math.floor(Math.random() * 10));
    return `${begins}${between.join('')}${ends}`;
  };
  const length = [10, 11, 12, 20].find((length) => fits.test(draw(length))) ?? 10;
  return draw(length);
}
