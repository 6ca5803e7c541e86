/** How the previews are shown: their sizes, the device, its conditions, theme and language. All of it changes in place. */

import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { languageNames } from '#contract';
import { type Condition, conditions, type Device, devices } from '../device.ts';
import { isInPage } from '../qa-api.ts';
import { firstSettings, type Settings, SettingsChangeEvent } from '../qa-events.ts';
import { QaPanel, segments } from './qa-panel.ts';

/**
 * @element qa-look-bar
 * @fires {SettingsChangeEvent} qa-settings-change
 */
@customElement('qa-look-bar')
export class LookBar extends QaPanel {
  @property({ attribute: false }) settings: Settings = firstSettings;

  protected override render() {
    return html`<section class="look" aria-label="Look">
      ${this.#choice('width', 'Preview', [
        ['phone', 'Phone'],
        ['both', 'Both'],
        ['wide', 'Desktop'],
      ])}
      ${this.#choice(
        'device',
        'Phone, px',
        Object.entries(devices).map(([device, { words }]) => [device as Device, words]),
      )}
      ${this.#choice('theme', 'Theme', [
        ['auto', 'Auto'],
        ['light', 'Light'],
        ['dark', 'Dark'],
      ])}
      <label class="choice">Language
        <select @change=${(event: Event) => this.#change({ lang: (event.target as HTMLSelectElement).value })}>
          ${[...Object.entries(languageNames), ['', 'The browser’s'] as const].map(
            ([tag, name]) =>
              html`<option value=${tag} lang=${tag || 'en'} ?selected=${tag === this.settings.lang}>${name}</option>`,
          )}
        </select>
      </label>
      ${this.#conditions()}
    </section>`;
  }

  #conditions() {
    const { embed, conditions: chosen } = this.settings;
    // Another origin's frame can be made larger, and nothing else about it can be changed from here.
    const reaches = (condition: Condition) => condition === 'zoom' || isInPage(embed);
    return html`<fieldset class="ticks">
      <legend class="unseen">Conditions</legend>
      ${(Object.keys(conditions) as Condition[]).map(
        (
          condition,
        ) => html`<label class="toggle" title=${reaches(condition) ? '' : 'The plugin window is another origin’s frame'}>
          <input type="checkbox" .checked=${chosen.includes(condition)} ?disabled=${!reaches(condition)}
            @change=${(event: Event) => this.#bear(condition, (event.target as HTMLInputElement).checked)} />
          <span>${conditions[condition]}</span>
        </label>`,
      )}
    </fieldset>`;
  }

  #bear(condition: Condition, wanted: boolean): void {
    const { conditions: chosen } = this.settings;
    const all = Object.keys(conditions) as Condition[];
    this.#change({ conditions: all.filter((each) => (each === condition ? wanted : chosen.includes(each))) });
  }

  #choice<Name extends 'width' | 'device' | 'theme'>(name: Name, title: string, options: [Settings[Name], string][]) {
    return segments({
      title,
      name,
      options,
      chosen: this.settings[name],
      choose: (value) => this.#change({ [name]: value }),
    });
  }

  #change(change: Partial<Settings>): void {
    this.dispatchEvent(new SettingsChangeEvent(change));
  }
}
