/** The few texts around a plugin window, which a dialog needs at once, and so in every language; the checkout inside has its own. */
import type { LanguageCode } from '#contract';
import { ofDocument } from '../../browser.ts';

export interface WindowMessages {
  /** The name of the dialog and of the frame. */
  title: string;
  close: string;
  /** The window did not load. */
  missing: string;
  /** Where the language is not written from left to right. */
  dir?: 'rtl';
}

const texts: Record<LanguageCode, WindowMessages> = {
  en: {
    title: 'Payment',
    close: 'Close',
    missing: 'The payment did not load. Opening it charges nothing: close this and try again.',
  },
  my: {
    title: 'ငွေပေးချေမှု',
    close: 'ပိတ်ရန်',
    missing: 'ငွေပေးချေမှု မပွင့်ပါ။ ဖွင့်ရုံဖြင့် ငွေမဖြတ်ပါ။ ပိတ်ပြီး ထပ်စမ်းပါ။',
  },
  ru: {
    title: 'Оплата',
    close: 'Закрыть',
    missing: 'Оплата не загрузилась. За открытие деньги не списываются: закройте и попробуйте ещё раз.',
  },
  uz: {
    title: 'Toʻlov',
    close: 'Yopish',
    missing: 'Toʻlov yuklanmadi. Ochganda pul yechilmaydi: yoping va qayta urinib koʻring.',
  },
  pl: {
    title: 'Płatność',
    close: 'Zamknij',
    missing: 'Płatność się nie wczytała. Samo otwarcie nic nie kosztuje: zamknij i spróbuj ponownie.',
  },
  es: {
    title: 'Pago',
    close: 'Cerrar',
    missing: 'El pago no cargó. Abrirlo no genera ningún cobro: cierre e intente de nuevo.',
  },
  bn: {
    title: 'পেমেন্ট',
    close: 'বন্ধ করুন',
    missing: 'পেমেন্ট লোড হয়নি। খুললে কোনো টাকা কাটে না: বন্ধ করে আবার চেষ্টা করুন।',
  },
  hi: {
    title: 'पेमेंट',
    close: 'बंद करें',
    missing: 'पेमेंट लोड नहीं हुआ। खोलने से पैसे नहीं कटते: बंद करके फिर कोशिश करें।',
  },
  ur: {
    dir: 'rtl',
    title: 'ادائیگی',
    close: 'بند کریں',
    missing: 'ادائیگی لوڈ نہیں ہوئی۔ کھولنے سے پیسے نہیں کٹتے: بند کر کے دوبارہ کوشش کریں۔',
  },
  ne: {
    title: 'भुक्तानी',
    close: 'बन्द गर्नुहोस्',
    missing: 'भुक्तानी लोड भएन। खोल्दा पैसा काटिँदैन: बन्द गरेर फेरि प्रयास गर्नुहोस्।',
  },
  'uz-Cyrl': {
    title: 'Тўлов',
    close: 'Ёпиш',
    missing: 'Тўлов юкланмади. Очганда пул ечилмайди: ёпинг ва қайта уриниб кўринг.',
  },
};

/** Longer codes first, so that `uz-Cyrl` is found before `uz`. */
const codes = (Object.keys(texts) as LanguageCode[]).sort((one, other) => other.length - one.length);

/** In the language of `locale`, else of the page, else of the browser, else in English. */
export function windowMessages(locale: string | undefined): WindowMessages & { lang: LanguageCode } {
  const wanted = [locale, ofDocument('documentElement').lang, ...navigator.languages];
  const found = wanted.map((tag) => codes.find((code) => tag?.replace('_', '-').toLowerCase().startsWith(code.toLowerCase())));
  const lang = found.find((code) => code !== undefined) ?? 'en';
  return { ...texts[lang], lang };
}
