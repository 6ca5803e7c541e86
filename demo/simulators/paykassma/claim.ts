/** A claim as it comes in: by `activate` as JSON, by `possible-transaction` as a form. Lengths are those of the documents. */
import * as z from 'zod';
import { minorUnits } from '../../../server/clients/paykassma/minor-units.ts';

const text = (longest: number) => z.string().min(1).max(longest);

/** Every currency here has two digits. */
const toHundredths = (amount: string | number, context: z.RefinementCtx): number => {
  const minor = minorUnits(String(amount), 2);
  if (typeof minor === 'number' && minor > 0) return minor;
  context.addIssue('not an amount');
  return z.NEVER;
};

/** An amount of major units, as it is or as text, in minor units. */
export const hundredths = z.union([z.number(), z.string()]).transform(toHundredths);

const Claim = z.object({
  currency_code: text(3),
  wallet_type: text(190),
  label: text(190),
  key1: text(190),
  custom_transaction_id: text(190),
});

export const Activation = Claim.extend({ amount: hundredths });

/** At most 5 MB, and of these kinds: our choice, the documents say neither. */
const Screenshot = z
  .instanceof(File)
  .refine(({ size, type }) => size > 0 && size <= 5_000_000 && /^image\/(png|jpeg|webp)$/.test(type), 'not a picture');

export const PossibleTransaction = Claim.extend({
  amount: z.string().regex(/^\d+$/).transform(toHundredths),
  screenshot: Screenshot,
});

export type Claim = z.output<typeof Activation>;
