/** What to send where, and what that costs: a link where the page is on the phone, a picture for the phone elsewhere, and every word to copy. */
import { html, nothing } from 'lit';
import type { SendSms } from '#contract';
import { fill } from '../../messages/fill.ts';
import { plainAmount } from '../../messages/plain-amount.ts';
import { requisiteRow } from '../../parts/rows.ts';
import { onPhone } from './on-phone.ts';
import type { QrPicture } from './qr-code.ts';
import { smsLink } from './sms-link.ts';
import type { SmsRoom } from './sms-room.ts';

export function showSms(of: Omit<SmsRoom, 'error'> & { picture: QrPicture | null }) {
  const { action, texts, whole, language, view, picture } = of;
  const { money } = language;
  const { text, number, price } = action;
  const link = smsLink(number, text);
  return html`<h2 class="title" tabindex="-1">${texts.title}</h2>
    <dl part="requisites" class="requisites">
      ${requisiteRow(texts.text, text, whole)} ${requisiteRow(texts.number, number, whole)}
      ${requisiteRow(texts.price, plainAmount(price, view.currency), whole, money(price, view.currency))}
    </dl>
    ${price > view.due ? html`<p class="warning">${fill(texts.dear, { amount: money(view.due, view.currency) })}</p>` : nothing}
    ${
      onPhone()
        ? openLink(action, link, texts.open)
        : html`<figure class="qr">${picture?.(link, texts.picture)}<figcaption class="text">${texts.scan}</figcaption></figure>`
    }`;
}

/** The one thing to do where the payment follows by itself; the first of two where a code comes back. */
const openLink = ({ then }: SendSms, link: string, words: string) =>
  then === 'wait'
    ? html`<a part="submit" class="submit" href=${link}>${words}</a>`
    : html`<a part="secondary" class="secondary open" href=${link}>${words}</a>`;
