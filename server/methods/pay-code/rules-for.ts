/** The currency gate: the rules that a typed code may be of in this currency, in the order they are tried. One that is shown is never typed. */
import type { PayCodeRule, PayCodeSettings } from './account.ts';

export const rulesFor = (settings: PayCodeSettings | undefined, currency: string): PayCodeRule[] =>
  settings?.rules.filter((rule) => rule.kind !== 'reversed' && rule.currency === currency) ?? [];
