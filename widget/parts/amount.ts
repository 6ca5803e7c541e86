/** The amount due, always in sight: the number large, its currency small and muted after it. */

import { html } from 'lit';
import type { PaymentView } from '#contract';
import type { Language } from '../messages/language.ts';

export const amount = ({ due, currency }: PaymentView, language: Language) =>
  html`<p part="amount" class="amount"><span>${language.amount(due, currency)}</span> <span class="currency">${currency}</span></p>`;
