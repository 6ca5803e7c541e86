/** The plugin window, or the card frame, of a merchant we do not know. Without its merchant nobody knows the customer's language either: all five, short. */

const words: readonly [lang: string, title: string, text: string][] = [
  [
    'en',
    'This payment did not open',
    'The link does not name a shop we know. Go back to the shop and open the payment again from there.',
  ],
  ['my', 'ဤငွေပေးချေမှု မပွင့်ပါ', 'လင့်ခ်တွင် ကျွန်ုပ်တို့သိသော ဆိုင်အမည် မပါပါ။ ဆိုင်သို့ ပြန်သွားပြီး ငွေပေးချေမှုကို ထပ်ဖွင့်ပါ။'],
  ['ru', 'Оплата не открылась', 'В ссылке нет известного нам магазина. Вернитесь в магазин и откройте оплату оттуда ещё раз.'],
  ['uz', 'Toʻlov ochilmadi', 'Havolada bizga maʼlum doʻkon yoʻq. Doʻkonga qayting va toʻlovni oʻsha yerdan qayta oching.'],
  [
    'pl',
    'Płatność się nie otworzyła',
    'Link nie wskazuje znanego nam sklepu. Wróć do sklepu i otwórz płatność stamtąd jeszcze raz.',
  ],
];

const sections = words.map(([lang, title, text]) => `<section lang="${lang}"><h2>${title}</h2><p>${text}</p></section>`);

export const noMerchantPage = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>Payment</title><main>
${sections.join('\n')}
</main>
`;
