/** The few texts of the plugin window itself; the checkout inside has its own. */
export interface PageMessages {
  title: string;
  missingTitle: string;
  missingText: string;
  /** Under the card of a payment that is opened as a page. */
  secure: string;
  /** Names the list of languages. */
  language: string;
}

const languages: Record<string, PageMessages> = {
  en: {
    title: 'Payment',
    missingTitle: 'This payment link is incomplete',
    missingText: 'Opening it charged nothing. Go back to the shop and open the payment again from there.',
    secure: 'Secure payment',
    language: 'Language',
  },
  my: {
    title: 'ငွေပေးချေမှု',
    missingTitle: 'ဤငွေပေးချေ လင့်\u2060ခ် မပြည့်စုံပါ',
    missingText: 'လင့်\u2060ခ်\u2060ဖွင့်ရုံဖြင့် ငွေမဖြတ်ပါ။ ဆိုင်သို့ ပြန်သွားပြီး ငွေပေးချေမှုကို ပြန်ဖွင့်ပါ။',
    secure: 'လုံခြုံသော ငွေပေးချေမှု',
    language: 'ဘာသာစကား',
  },
  ru: {
    title: 'Оплата',
    missingTitle: 'Ссылка на\u00a0оплату неполная',
    missingText: 'За открытие ссылки деньги не списываются. Вернитесь в магазин и откройте платёж оттуда ещё\u00a0раз.',
    secure: 'Безопасная оплата',
    language: 'Язык',
  },
  uz: {
    title: 'Toʻlov',
    missingTitle: 'Toʻlov havolasi toʻliq emas',
    missingText: 'Havolani ochganda pul yechilmaydi. Doʻkonga qayting va toʻlovni oʻsha yerdan qayta oching.',
    secure: 'Xavfsiz toʻlov',
    language: 'Til',
  },
  pl: {
    title: 'Płatność',
    missingTitle: 'Ten link do płatności jest niepełny',
    missingText: 'Samo otwarcie linku nic nie kosztuje. Wróć do sklepu i otwórz płatność jeszcze raz.',
    secure: 'Bezpieczna płatność',
    language: 'Język',
  },
};

/** @param language BCP 47; English for a language we do not have. */
export const pageMessages = (language: string): PageMessages =>
  languages[language.slice(0, 2).toLowerCase()] ?? (languages.en as PageMessages);
