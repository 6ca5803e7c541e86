/**
 * The page instead of a plugin window, or a card frame, of an unknown merchant. Without the merchant the customer's language is unknown too, so
 * the page has a short text in every language.
 */
import { directionOf, type LanguageCode } from '#contract';
import { compressed } from './compressed.ts';

const texts: Record<LanguageCode, readonly [title: string, text: string]> = {
  en: [
    'This payment did not open',
    'The link does not name a shop we know. Go back to the shop and open the payment again from there.',
  ],
  my: ['ဤငွေပေးချေမှု မပွင့်ပါ', 'လင့်ခ်တွင် ကျွန်ုပ်တို့သိသော ဆိုင်အမည် မပါပါ။ ဆိုင်သို့ ပြန်သွားပြီး ငွေပေးချေမှုကို ထပ်ဖွင့်ပါ။'],
  ru: ['Оплата не открылась', 'В ссылке нет известного нам магазина. Вернитесь в магазин и откройте оплату оттуда ещё раз.'],
  uz: ['Toʻlov ochilmadi', 'Havolada bizga maʼlum doʻkon yoʻq. Doʻkonga qayting va toʻlovni oʻsha yerdan qayta oching.'],
  pl: [
    'Płatność się nie otworzyła',
    'Link nie wskazuje znanego nam sklepu. Wróć do sklepu i otwórz płatność stamtąd jeszcze raz.',
  ],
  es: ['Este pago no se abrió', 'No encontramos la tienda de este enlace. Vuelva a la tienda y abra el pago de nuevo desde ahí.'],
  bn: ['পেমেন্টটি খোলা যায়নি', 'লিংকের দোকানটি আমরা খুঁজে পাইনি। দোকানে ফিরে সেখান থেকে পেমেন্টটি আবার খুলুন।'],
  hi: ['यह पेमेंट नहीं खुला', 'लिंक में दी गई दुकान हमें नहीं मिली। दुकान पर वापस जाएँ और वहाँ से पेमेंट फिर खोलें।'],
  ur: ['یہ ادائیگی نہیں کھلی', 'لنک میں دی گئی دکان ہمیں نہیں ملی۔ دکان پر واپس جائیں اور وہاں سے ادائیگی دوبارہ کھولیں۔'],
  ne: ['यो भुक्तानी खुलेन', 'लिङ्कमा दिइएको पसल हामीले भेटेनौं। पसलमा फर्केर त्यहाँबाट भुक्तानी फेरि खोल्नुहोस्।'],
  'uz-Cyrl': ['Тўлов очилмади', 'Ҳаволадаги дўкон бизда топилмади. Дўконга қайтинг ва тўловни ўша ердан қайта очинг.'],
};

const sections = Object.entries(texts).map(
  ([lang, [title, text]]) => `<section lang="${lang}" dir="${directionOf(lang)}"><h2>${title}</h2><p>${text}</p></section>`,
);

const unknownMerchantPage = `<!doctype html>
<html lang="en" translate="no"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>Payment</title><main>
${sections.join('\n')}
</main>
`;

export const unknownMerchant = compressed(unknownMerchantPage);
