/** One of a few, side by side. */
import { html } from 'lit';

export interface Segments<Value extends string> {
  title: string;
  /** Of its radio buttons, the only one of this name on the page. */
  name: string;
  options: readonly (readonly [Value, string])[];
  chosen: Value | undefined;
  choose(value: Value): void;
  /** BCP 47, of the words of a value. */
  lang?(value: Value): string;
}

export const segments = <Value extends string>({ title, name, options, chosen, choose, lang }: Segments<Value>) =>
  html`<fieldset class="segments">
    <legend>${title}</legend>
    ${options.map(
      ([value, words]) => html`<label>
        <input type="radio" name=${name} .checked=${chosen === value} @change=${() => choose(value)} />
        <span lang=${lang?.(value) ?? 'en'}>${words}</span>
      </label>`,
    )}
  </fieldset>`;
