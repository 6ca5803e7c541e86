/** The ways to pay as native radios: arrow keys and screen readers know them. Tab never changes the choice. */

import { html } from 'lit';
import type { PaymentMethod } from '#contract';
import type { FirstMessages } from '../messages/messages.ts';

export interface MethodList {
  methods: readonly PaymentMethod[];
  chosen: PaymentMethod;
  disabled: boolean;
  texts: FirstMessages;
  onChoose(method: PaymentMethod): void;
}

export const methodList = ({
  methods,
  chosen,
  disabled,
  texts,
  onChoose,
}: MethodList) => html`<fieldset part="methods" class="methods" ?disabled=${disabled}>
  <legend class="unseen">${texts.titles.enter}</legend>
  ${methods.map(
    (method) => html`<label part="method" class="method">
      <input type="radio" name="method" value=${method} .checked=${method === chosen} @change=${() => onChoose(method)} />
      ${texts.methods[method]}
    </label>`,
  )}
</fieldset>`;
