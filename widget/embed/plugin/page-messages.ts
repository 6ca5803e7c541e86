/** The few words of the plugin window itself; the checkout inside has its own. */

export interface PageMessages {
  title: string;
  missingTitle: string;
  missingText: string;
}

const languages: Record<string, PageMessages> = {
  en: {
    title: 'Payment',
    missingTitle: 'This payment link is incomplete',
    missingText: 'Nothing was charged. Go back to the shop and open the payment again from there.',
  },
  my: {
    title: 'ငွေပေးချေမှု',
    missingTitle: 'ဤငွေပေးချေမှုလင့်ခ် မပြည့်စုံပါ',
    missingText: 'ငွေဖြတ်တောက်ခြင်း မရှိပါ။ ဆိုင်သို့ ပြန်သွားပြီး ငွေပေးချေမှုကို ထပ်မံဖွင့်ပါ။',
  },
  ru: {
    title: 'Оплата',
    missingTitle: 'Ссылка на оплату неполная',
    missingText: 'Деньги не списаны. Вернитесь в магазин и откройте оплату оттуда ещё раз.',
  },
  uz: {
    title: 'Toʻlov',
    missingTitle: 'Toʻlov havolasi toʻliq emas',
    missingText: 'Pul yechilmadi. Doʻkonga qayting va toʻlovni oʻsha yerdan qayta oching.',
  },
  pl: {
    title: 'Płatność',
    missingTitle: 'Ten link do płatności jest niepełny',
    missingText: 'Nic nie pobrano. Wróć do sklepu i otwórz płatność stamtąd jeszcze raz.',
  },
};

/** @param language BCP 47; a language we do not have reads English. */
export const pageMessages = (language: string): PageMessages =>
  languages[language.slice(0, 2).toLowerCase()] ?? (languages.en as PageMessages);
