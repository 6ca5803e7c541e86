/**
 * What a customer can quote to support, read out or copied: the reference of a payment or of a fault. The copy button comes with the later
 * screens; until then the value stands there as text.
 */
import { html } from 'lit';
import type { FirstMessages } from '../messages/messages.ts';
import { details } from './details.ts';

export const referenceRow = (
  reference: string,
  texts: FirstMessages,
  before: readonly (readonly [string, unknown])[] = [],
  part = 'details',
) =>
  details(part, [
    ...before,
    [
      texts.reference,
      html`<pay-copy-row class="copy-row" data-value=${reference} .value=${reference} .texts=${texts}></pay-copy-row>`,
    ],
  ]);
