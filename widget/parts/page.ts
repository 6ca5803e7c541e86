/**
 * Parts that every screen can have: the head with the merchant, the amount, notices, rows of details, icons, the loading skeleton,
 * and the screens in plain text.
 */
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { DeskProblem, PaymentView } from '#contract';
import type { FirstMessages, ScreenName } from '../messages/first-messages.ts';
import { fill } from '../messages/format.ts';
import { type Language, problemText } from '../messages/language.ts';

/**
 * Who is paid and for what. The merchant's texts are isolated, so that their writing direction does not change ours. It is no
 * `<header>` element: directly in the body of a shop that would be a second banner of the page.
 * @param sum The amount, where it stands below: a wide plugin window puts both beside the card.
 */
export const merchantHeader = (
  { merchantName, merchantLogoUrl, orderId, description, test }: PaymentView,
  { texts }: Language,
  sum: unknown = nothing,
) => html`<div part="summary" class="summary"><div part="header" class="header">
  <slot name="header">
    ${mark(merchantName, merchantLogoUrl, 'mark')}
    <p class="who">
      <bdi class="merchant">${merchantName}</bdi>
      <span class="order">${fill(texts.order, { order: isolate(orderId) })}</span>
      ${description && html`<bdi class="order about" title=${description}>${description}</bdi>`}
    </p>
    ${test ? html`<span class="test" title=${texts.testMode}><span aria-hidden="true">${texts.testShort}</span><span class="unseen">${texts.testMode}</span></span>` : nothing}
  </slot>
</div>${sum}</div>`;

/**
 * Who is paid, or a wallet: the first letter of its name on a tile, and over it its own mark where that loads. The name stands beside
 * it.
 */
export const mark = (name: string, logo: string | undefined, className: string) =>
  html`<span class=${className} aria-hidden="true">${[...name.trim()][0]?.toUpperCase()}${picture(logo)}</span>`;

/** A picture that is hidden where it does not load, so that what is drawn without it is seen. */
export const picture = (address: string | undefined) =>
  address ? html`<img src=${address} alt="" referrerpolicy="no-referrer" @error=${hide} />` : nothing;

const hide = ({ currentTarget }: Event) => {
  (currentTarget as HTMLElement).hidden = true;
};

/** First-strong isolate marks do for text what `<bdi>` does for elements. */
const isolate = (text: string) => `\u2068${text}\u2069`;

/** The amount, in minor units: the number large, the currency small beside it, on the side where people write it. */
export const amount = (minor: number, currency: string, language: Language) => {
  const [before, after] = language.around(currency);
  const small = (text: string) => (text ? html`<span class="currency">${text.replace('\u00a0', ' ')}</span>` : nothing);
  return html`<p part="amount" class="amount"><bdi dir="ltr">${small(before)}<span>${language.amount(minor, currency)}</span>${small(after)}</bdi></p>`;
};

/** One line about the circumstances: offline, slow, or sending in another tab. It stands where a keyboard does not cover it. */
export const notice = (text: string) => (text ? warning(text, 'warning notice') : nothing);

/** What the customer should know before they go on. */
export const warning = (text: string, className = 'warning') =>
  html`<p class=${className}>${icon(alert)}<span>${text}</span></p>`;

/** Grey boxes in the layout of the entry screen, so that nothing jumps when the payment arrives. */
export const skeleton = (
  texts: FirstMessages,
) => html`<div part="summary" class="summary"><div class="header"><span class="mark bone"></span><p class="who bone"><br /><span class="order"><br /></span></p></div>
  <p part="amount" class="amount"><span class="bone"><br /></span></p></div>
  <div part="skeleton" class="panel">
    <div class="field"><span class="label bone"><br /></span><span class="input bone"></span><p class="note"></p></div>
    <span class="submit bone"></span>
  </div>
  <p class="unseen">${texts.titles.loading}</p>`;

/** Names and values, one pair per line: a receipt, or what support needs to know. A value keeps its own direction. */
export const details = (
  part: string,
  rows: readonly (readonly [name: string, value: unknown])[],
) => html`<dl part=${part} class="details">
  ${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${typeof value === 'string' ? html`<bdi>${value}</bdi>` : value}</dd></div>`)}
</dl>`;

/**
 * A reference that the customer can quote to support, of a payment or of an error. The copy button is an element of the later
 * screens; until they arrive only the text is shown.
 */
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

/**
 * Why the payment cannot be shown, and a button that tries again. Shown until the later screens have arrived, and instead of them
 * where they cannot be fetched.
 */
export const renderLoadError = (
  problem: DeskProblem,
  language: Language,
  retry: () => void,
) => html`<div part="status" class="status">
    <span class="sign">${icon(alert)}</span>
    <h2 class="title" tabindex="-1">${language.texts.titles.load_error}</h2>
    <p>${problemText(problem, language, null)}</p>
  </div>
  ${isDead(problem) ? nothing : html`<button part="submit" class="submit" type="button" @click=${retry}>${language.texts.tryAgain}</button>`}
  <slot name="fallback"></slot>`;

/** The link opens nothing any more, so trying again cannot help. */
export const isDead = ({ code }: DeskProblem): boolean => code === 'unauthorized' || code === 'not_found';

/**
 * The screen's title, the amount if it is paid, what keeps the customer from paying twice, and the reference, in place of a later
 * screen. The customer never sees a blank, and never doubts where the money is.
 */
export const renderPlainScreen = (name: ScreenName, view: PaymentView, language: Language) => {
  const { titles, reference, problems } = language.texts;
  const { checkingWarning, alreadyPaid, underpaidText } = language.whole ?? {};
  const texts: Partial<Record<ScreenName, string | undefined>> = {
    session: problems.unauthorized,
    checking: checkingWarning,
    review: checkingWarning,
    expired: alreadyPaid,
    canceled: alreadyPaid,
    underpaid: underpaidText,
  };
  return html`<div part="status" class="status">
    <span class="sign">${name === 'checking' ? html`<span class="spinner"></span>` : icon(name === 'paid' ? check : alert)}</span>
    <h2 class="title" tabindex="-1">${titles[name]}</h2>
    ${name === 'paid' ? amount(view.amountPaid || view.due, view.currency, language) : nothing}
    ${texts[name] && html`<p class="text">${texts[name]}</p>`}
    <p class="details">${reference}: ${view.reference}</p>
  </div>`;
};

/** An icon of 24 × 24, in the colour of the text around it, hidden from screen readers. */
export const icon = (shape: TemplateResult<2>) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${shape}</svg>`;

/** An exclamation mark, for errors. */
export const alert = svg`<circle cx="12" cy="12" r="9"/><path d="M12 7.5v5.5M12 16.4v.1"/>`;

/** A check mark, for paid. */
export const check = svg`<path d="m5.5 12.5 4.3 4.3 8.7-9.3"/>`;

/** A padlock, for reassurance. */
export const lock = svg`<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>`;
