/** The row with the payment's short name, to be read out or copied. */
import { html } from 'lit';
import type { Messages } from '../messages/messages.ts';
import './copy-row.ts';

export const referenceRow = (reference: string, texts: Messages) =>
  [texts.reference, html`<pay-copy-row class="copy-row" .value=${reference} .texts=${texts}></pay-copy-row>`] as const;
