/** The code of the SMS: one field, so that pasting and the browser's own suggestion work. */
import { html } from 'lit';
import type { EnterCardCode } from '#contract';
import { fill } from '../../messages/fill.ts';
import { field } from '../../parts/form.ts';
import type { CardRoom } from './card-view.ts';
import { resentWords } from './resent-words.ts';

export function enterSmsCode(of: CardRoom & { sms: EnterCardCode }) {
  const { texts, sms, errors, busy, disabled, language } = of;
  const tail = sms.card.slice(-4);
  return html`<div class="code-head">
      <h2 class="title" tabindex="-1">${texts.codeTitle}</h2>
      <p class="text">${sms.phone ? withNumber(texts.sentTo, sms.phone) : texts.sentSomewhere}</p>
      <p class="text">${language.texts.methods.card}
        <span class="unseen">${fill(texts.ending, { tail })}</span><span aria-hidden="true">···· ${tail}</span></p>
    </div>
    ${field({
      id: 'sms-code',
      label: texts.code,
      value: of.shownIn('code'),
      hint: resentWords(sms, texts),
      error: errors.code ?? '',
      invalid: !!errors.code,
      inputMode: 'numeric',
      autocomplete: 'one-time-code',
      disabled,
      readonly: busy,
      onInput: (event) => of.onType('code', event),
    })}`;
}

/** A masked number stays in one piece, read from the left whatever is around it. */
function withNumber(text: string, phone: string) {
  const [before = '', after = ''] = text.split('{phone}');
  return html`${before}<bdi class="phone" dir="ltr">${phone}</bdi>${after}`;
}
