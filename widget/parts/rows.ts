/** What a customer has to take over elsewhere exactly as it is: its name, the value, and a button that copies it. */
import { html } from 'lit';
import { fill } from '../messages/fill.ts';
import type { Messages } from '../messages/messages.ts';

/** `shown`: as it is read, where that is not how it is copied. */
export const requisiteRow = (
  name: string,
  value: string,
  texts: Messages,
  shown = value,
) => html`<div part="requisite" class="requisite">
  <dt>${name}</dt>
  <dd>
    <pay-copy-row
      class="copy-row"
      data-value=${shown}
      .value=${value}
      .shown=${shown}
      .label=${fill(texts.transfer.copy, { what: name })}
      .texts=${texts}
    ></pay-copy-row>
  </dd>
</div>`;
