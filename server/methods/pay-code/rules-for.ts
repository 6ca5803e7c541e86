/** The currency gate: the rules under which a merchant takes codes in this currency, in the order they are tried. */
import type { PayCodeRule, PayCodeSettings } from './settings.ts';

export const rulesFor = (settings: PayCodeSettings | undefined, currency: string): PayCodeRule[] =>
  settings?.rules.filter((rule) => rule.kind === 'enter' && rule.currency === currency) ?? [];
