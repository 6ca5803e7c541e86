/** The amount, always in sight: the number large, its currency small and muted after it. Minor units. */
import { html } from 'lit';
import type { Language } from '../messages/language.ts';

export const amount = (minor: number, currency: string, language: Language) =>
  html`<p part="amount" class="amount"><span>${language.amount(minor, currency)}</span> <span class="currency">${currency}</span></p>`;
