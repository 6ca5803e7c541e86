/** Draws the gallery: a bar with what can be chosen, and a checkout for each state. The page's address keeps the choice. */
import { html, render } from 'lit';
import { languageNames } from '#contract';
import type { PayDesk } from '../../../widget/index.ts';
import { bffOf, stateNames } from './static-bff.ts';

const themes = ['light', 'dark'] as const;
const widths = ['280', '320', '390', '640'] as const;

interface Choice {
  lang: string;
  theme: string;
  width: string;
  only: string;
}

const first: Choice = { lang: 'en', theme: 'light', width: '390', only: '' };

export function startGallery(page: HTMLElement): void {
  let choice = readChoice();
  const choose = (change: Partial<Choice>) => {
    choice = { ...choice, ...change };
    const changed = Object.entries(choice).filter(([name, value]) => value !== first[name as keyof Choice]);
    history.replaceState(null, '', `#${new URLSearchParams(changed)}`);
    draw();
  };
  const draw = () => {
    document.documentElement.dataset.theme = choice.theme;
    page.dataset.width = choice.width;
    const found = stateNames.filter((name) => isWanted(name, choice));
    render(
      html`<header class="bar">
          <h1>Pay Desk <span class="muted">Gallery</span></h1>
          <input class="search" type="search" aria-label="Filter the states" placeholder="Filter…" autocomplete="off"
            .value=${choice.only} @input=${(event: Event) => choose({ only: typedIn(event) })} />
          <p class="muted small" role="status">${found.length} of ${stateNames.length}</p>
          ${select('Language', Object.entries(languageNames), choice.lang, (lang) => choose({ lang }))}
          ${select('Theme', themes.map(named), choice.theme, (theme) => choose({ theme }))}
          ${select(
            'Width',
            widths.map((width) => [width, `${width} px`]),
            choice.width,
            (width) => choose({ width }),
          )}
        </header>
        <div class="wall">${stateNames.map((name, nth) => picture(name, nth, choice))}</div>`,
      page,
    );
  };
  addEventListener('hashchange', () => {
    choice = readChoice();
    draw();
  });
  page.replaceChildren();
  draw();
}

const picture = (
  name: string,
  nth: number,
  { lang, theme, ...choice }: Choice,
) => html`<figure ?hidden=${!isWanted(name, choice)}>
  <figcaption>${name}</figcaption>
  <div class="frame">${checkoutOf(nth, lang, theme)}</div>
</figure>`;

/** Kept, because a checkout that was drawn once changes in place. */
const checkouts = new Map<number, PayDesk>();

function checkoutOf(nth: number, locale: string, theme: string): PayDesk {
  const checkout = checkouts.get(nth) ?? document.createElement('pay-desk');
  if (!checkouts.has(nth)) Object.assign(checkout, { apiBase: bffOf(nth), clientSecret: `cs_gallery_${nth}` });
  checkouts.set(nth, checkout);
  Object.assign(checkout, { locale, theme });
  return checkout;
}

const isWanted = (name: string, { only }: Pick<Choice, 'only'>): boolean => name.includes(only.trim().toLowerCase());

function select(words: string, options: readonly (readonly [string, string])[], chosen: string, choose: (value: string) => void) {
  return html`<label class="choice">${words}
    <select @change=${(event: Event) => choose(typedIn(event))}>
      ${options.map(([value, name]) => html`<option value=${value} ?selected=${value === chosen}>${name}</option>`)}
    </select>
  </label>`;
}

const typedIn = (event: Event): string => (event.target as HTMLInputElement | HTMLSelectElement).value;
const named = (word: string): [string, string] => [word, word.charAt(0).toUpperCase() + word.slice(1)];

/** Takes the default for what cannot be chosen: people type and cut addresses. */
function readChoice(): Choice {
  const given = new URLSearchParams(location.hash.slice(1));
  const one = (name: keyof Choice, choices: readonly string[]) => choices.find((each) => each === given.get(name)) ?? first[name];
  return {
    lang: one('lang', Object.keys(languageNames)),
    theme: one('theme', themes),
    width: one('width', widths),
    only: given.get('only') ?? '',
  };
}
