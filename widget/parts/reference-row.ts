/** What a customer can quote to support, read out or copied: the reference of a payment or of a fault. */
import { html } from 'lit';
import type { Messages } from '../messages/messages.ts';
import { details } from './details.ts';
import './copy-row.ts';

export const referenceRow = (
  reference: string,
  texts: Messages,
  before: readonly (readonly [string, unknown])[] = [],
  part = 'details',
) =>
  details(part, [
    ...before,
    [texts.reference, html`<pay-copy-row class="copy-row" .value=${reference} .texts=${texts}></pay-copy-row>`],
  ]);
