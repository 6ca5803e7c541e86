/** The few words around a plugin window; the checkout inside has its own. */

export interface WindowWords {
  /** The name of the dialog and of the frame. */
  title: string;
  close: string;
  /** The window did not come. */
  missing: string;
}

const languages: Record<string, WindowWords> = {
  en: { title: 'Payment', close: 'Close', missing: 'The payment did not load. Nothing was charged. Close this and try again.' },
  my: {
    title: 'ငွေပေးချေမှု',
    close: 'ပိတ်ရန်',
    missing: 'ငွေပေးချေမှု မပွင့်ပါ။ ငွေဖြတ်တောက်ခြင်း မရှိပါ။ ပိတ်ပြီး ထပ်မံကြိုးစားပါ။',
  },
  ru: { title: 'Оплата', close: 'Закрыть', missing: 'Оплата не загрузилась. Деньги не списаны. Закройте и попробуйте ещё раз.' },
  uz: { title: 'Toʻlov', close: 'Yopish', missing: 'Toʻlov yuklanmadi. Pul yechilmadi. Yoping va qayta urinib koʻring.' },
  pl: { title: 'Płatność', close: 'Zamknij', missing: 'Płatność się nie wczytała. Nic nie pobrano. Zamknij i spróbuj ponownie.' },
};

/** The wanted language, else the page's, else the browser's, else English. */
export function wordsOf(locale: string | undefined): WindowWords & { lang: string } {
  const wanted = [locale, document.documentElement.lang, ...navigator.languages].map(
    (tag) => tag?.slice(0, 2).toLowerCase() ?? '',
  );
  const lang = wanted.find((tag) => Object.hasOwn(languages, tag)) ?? 'en';
  return { ...(languages[lang] as WindowWords), lang };
}
