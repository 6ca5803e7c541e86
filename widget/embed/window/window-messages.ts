/** The few texts around a plugin window; the checkout inside has its own. */
import { ofDocument } from '../../browser.ts';

export interface WindowMessages {
  /** The name of the dialog and of the frame. */
  title: string;
  close: string;
  /** The window did not load. */
  missing: string;
}

const languages: Record<string, WindowMessages> = {
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
};

/** In the language of `locale`, else of the page, else of the browser, else in English. */
export function windowMessages(locale: string | undefined): WindowMessages & { lang: string } {
  const wanted = [locale, ofDocument('documentElement').lang, ...navigator.languages].map(
    (tag) => tag?.slice(0, 2).toLowerCase() ?? '',
  );
  const lang = wanted.find((tag) => Object.hasOwn(languages, tag)) ?? 'en';
  return { ...(languages[lang] as WindowMessages), lang };
}
