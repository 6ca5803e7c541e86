/** `use_code` as it is written down before it is sent. */
import type { NewIntent } from '../../payments/new-intent.ts';
import { clientOf } from './client-of.ts';
import type { PayCodeRule } from './settings.ts';

export const useCodeIntent = (attemptId: string, rule: PayCodeRule): NewIntent => ({
  operation: 'use_code',
  upstream: 'paycodes',
  naturalKey: clientOf(attemptId),
  notes: { rule: rule.slug },
});
