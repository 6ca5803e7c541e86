/** The few words of the plugin window itself; the checkout inside has its own. */

export interface PageMessages {
  title: string;
  missingTitle: string;
  missingText: string;
}

const en: PageMessages = {
  title: 'Payment',
  missingTitle: 'This payment link is incomplete',
  missingText: 'Nothing was charged. Go back to the shop and open the payment again from there.',
};

const my: PageMessages = {
  title: 'ငွေပေးချေမှု',
  missingTitle: 'ဤငွေပေးချေမှုလင့်ခ် မပြည့်စုံပါ',
  missingText: 'ငွေဖြတ်တောက်ခြင်း မရှိပါ။ ဆိုင်သို့ ပြန်သွားပြီး ငွေပေးချေမှုကို ထပ်မံဖွင့်ပါ။',
};

/** @param language BCP 47; a language we do not have reads English. */
export const pageMessages = (language: string): PageMessages => (/^my\b/i.test(language) ? my : en);
