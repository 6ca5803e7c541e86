/** `use_code` as it is written down before it is sent. */
import type { NewIntent } from '../../payments/model/outcome.ts';
import type { PayCodeRule } from './account.ts';
import type { Asked } from './asked.ts';
import { clientOf } from './client-of.ts';

export const useCodeIntent = (
  attemptId: string,
  rule: PayCodeRule,
  { due, acceptExcess }: Pick<Asked, 'due' | 'acceptExcess'>,
): NewIntent => ({
  operation: 'use_code',
  upstream: 'paycodes',
  naturalKey: clientOf(attemptId),
  due,
  // Each is looked at anew, for time and for other money: one that is tried again may be the first that arrives.
  spends: true,
  // What the customer agreed to, for whoever has to settle it.
  notes: { rule: rule.slug, ...(acceptExcess && { excess: 'accepted' }) },
});
