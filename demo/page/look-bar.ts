/** How the checkout is looked at: previews, language, theme. What is on show changes in place, in every preview. */
import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { QaPanel } from './panels/qa-panel.ts';
import { segments } from './segments.ts';
import { firstSettings, type Settings, SettingsChangeEvent } from './settings.ts';

/**
 * @element qa-look-bar
 * @fires {SettingsChangeEvent} qa-settings-change
 */
@customElement('qa-look-bar')
export class LookBar extends QaPanel {
  @property({ attribute: false }) settings: Settings = firstSettings;

  protected override render() {
    return html`<section class="panel look" aria-label="Look">
      ${this.#choice('width', 'Preview', [
        ['phone', 'Phone'],
        ['both', 'Both'],
        ['wide', 'Desktop'],
      ])}
      ${this.#choice('theme', 'Theme', [
        ['auto', 'Auto'],
        ['light', 'Light'],
        ['dark', 'Dark'],
      ])}
      ${this.#choice('lang', 'Language', [
        ['en', 'English'],
        ['my', 'မြန်မာ'],
        ['ru', 'Русский'],
        ['uz', 'Oʻzbek'],
        ['pl', 'Polski'],
        ['', 'Browser’s'],
      ])}
    </section>`;
  }

  #choice<Name extends 'width' | 'lang' | 'theme'>(name: Name, title: string, options: [Settings[Name], string][]) {
    const choose = (value: Settings[Name]) => this.dispatchEvent(new SettingsChangeEvent({ [name]: value }));
    return segments({
      title,
      name,
      options,
      chosen: this.settings[name],
      choose,
      ...(name === 'lang' && { lang: (value: string) => value || 'en' }),
    });
  }
}
