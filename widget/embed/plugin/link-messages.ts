/**
 * The texts of a plugin window that opens a signed link. Each says what happened, that opening the link took no money, and what
 * to do. They do not say that nothing was charged: the order may have been paid before, even by the same link.
 */
export interface LinkMessages {
  opening: string;
  expiredTitle: string;
  expiredText: string;
  brokenTitle: string;
  brokenText: string;
  refusedTitle: string;
  refusedText: string;
  laterTitle: string;
  laterText: string;
  tryAgain: string;
}

const en: LinkMessages = {
  opening: 'Opening your payment…',
  expiredTitle: 'This payment link has expired',
  expiredText: 'Opening it charged nothing. Get a new link in the shop. If you have already paid, don’t pay again: ask the shop.',
  brokenTitle: 'This payment link doesn’t work',
  brokenText: 'Opening it charged nothing. It may have been cut or changed on its way. Open the payment again from the shop.',
  refusedTitle: 'This order can’t be paid by this link',
  refusedText: 'Opening it charged nothing. The order may have changed. If you have already paid, don’t pay again: ask the shop.',
  laterTitle: 'We can’t open this payment right now',
  laterText: 'Opening it charges nothing. Check your connection and try again in a moment.',
  tryAgain: 'Try again',
};

// \u2060 keeps a borrowed word together that browsers would break at the end of a line.
const my: LinkMessages = {
  opening: 'ငွေပေးချေမှုကို ဖွင့်နေပါသည်…',
  expiredTitle: 'ဤငွေပေးချေ လင့်\u2060ခ် သက်တမ်း ကုန်သွားပါပြီ',
  expiredText: 'လင့်\u2060ခ်\u2060ဖွင့်ရုံဖြင့် ငွေမဖြတ်ပါ။ ဆိုင်တွင် လင့်\u2060ခ်\u2060အသစ် ယူပါ။ ငွေပေးချေပြီးသား ဆိုလျှင် ထပ်မပေးဘဲ ဆိုင်ကို မေးပါ။',
  brokenTitle: 'ဤငွေပေးချေ လင့်\u2060ခ်\u2060ကို သုံး၍ မရပါ',
  brokenText: 'လင့်\u2060ခ်\u2060ဖွင့်ရုံဖြင့် ငွေမဖြတ်ပါ။ လင့်\u2060ခ် မပြည့်စုံခြင်း သို့မဟုတ် ပြောင်းလဲသွားခြင်း ဖြစ်နိုင်ပါသည်။ ဆိုင်မှ ငွေပေးချေမှုကို ပြန်ဖွင့်ပါ။',
  refusedTitle: 'ဤအော်ဒါကို ဤ လင့်\u2060ခ်\u2060ဖြင့် ပေးချေ၍ မရပါ',
  refusedText: 'လင့်\u2060ခ်\u2060ဖွင့်ရုံဖြင့် ငွေမဖြတ်ပါ။ အော်ဒါ ပြောင်းလဲသွားခြင်း ဖြစ်နိုင်ပါသည်။ ငွေပေးချေပြီးသား ဆိုလျှင် ထပ်မပေးဘဲ ဆိုင်ကို မေးပါ။',
  laterTitle: 'ယခု ငွေပေးချေမှုကို ဖွင့်၍ မရသေးပါ',
  laterText: 'ဖွင့်ရုံဖြင့် ငွေမဖြတ်ပါ။ အင်တာနက်ကို စစ်ပြီး ခဏကြာလျှင် ထပ်စမ်းပါ။',
  tryAgain: 'ထပ်စမ်းမည်',
};

const ru: LinkMessages = {
  opening: 'Открываем платёж…',
  expiredTitle: 'Срок ссылки на\u00a0оплату истёк',
  expiredText:
    'За открытие ссылки деньги не списываются. Получите новую в магазине. Если вы уже заплатили, не платите ещё раз: уточните в магазине.',
  brokenTitle: 'Эта ссылка на\u00a0оплату не\u00a0работает',
  brokenText:
    'За открытие ссылки деньги не списываются. Возможно, она обрезана или изменена по дороге. Откройте платёж из магазина ещё раз.',
  refusedTitle: 'По этой ссылке заказ оплатить нельзя',
  refusedText:
    'За открытие ссылки деньги не списываются. Возможно, заказ изменился. Если вы уже заплатили, не платите ещё раз: уточните в магазине.',
  laterTitle: 'Сейчас открыть платёж не\u00a0получается',
  laterText: 'За открытие деньги не списываются. Проверьте интернет и попробуйте ещё раз чуть позже.',
  tryAgain: 'Попробовать ещё раз',
};

const uz: LinkMessages = {
  opening: 'Toʻlov ochilmoqda…',
  expiredTitle: 'Toʻlov havolasining muddati tugadi',
  expiredText:
    'Havolani ochganda pul yechilmaydi. Doʻkondan yangi havola oling. Agar toʻlab boʻlgan boʻlsangiz, qayta toʻlamang: doʻkondan soʻrang.',
  brokenTitle: 'Bu toʻlov havolasi ishlamaydi',
  brokenText:
    'Havolani ochganda pul yechilmaydi. U yoʻlda kesilgan yoki oʻzgargan boʻlishi mumkin. Toʻlovni doʻkondan qayta oching.',
  refusedTitle: 'Bu buyurtmani shu havola bilan toʻlab boʻlmaydi',
  refusedText:
    'Havolani ochganda pul yechilmaydi. Buyurtma oʻzgargan boʻlishi mumkin. Agar toʻlab boʻlgan boʻlsangiz, qayta toʻlamang: doʻkondan soʻrang.',
  laterTitle: 'Hozir toʻlovni ochib boʻlmadi',
  laterText: 'Ochganda pul yechilmaydi. Internetni tekshiring va birozdan keyin qayta urinib koʻring.',
  tryAgain: 'Qayta urinish',
};

const pl: LinkMessages = {
  opening: 'Otwieramy płatność…',
  expiredTitle: 'Ten link do płatności stracił ważność',
  expiredText:
    'Samo otwarcie linku nic nie kosztuje. Weź nowy link ze sklepu. Jeśli zamówienie jest już opłacone, nie płać ponownie: zapytaj w sklepie.',
  brokenTitle: 'Ten link do płatności nie działa',
  brokenText:
    'Samo otwarcie linku nic nie kosztuje. Link mógł zostać ucięty lub zmieniony po drodze. Otwórz płatność jeszcze raz ze sklepu.',
  refusedTitle: 'Tym linkiem nie można opłacić zamówienia',
  refusedText:
    'Samo otwarcie linku nic nie kosztuje. Zamówienie mogło się zmienić. Jeśli jest już opłacone, nie płać ponownie: zapytaj w sklepie.',
  laterTitle: 'Teraz nie możemy otworzyć tej płatności',
  laterText: 'Samo otwarcie nic nie kosztuje. Sprawdź połączenie i spróbuj ponownie za chwilę.',
  tryAgain: 'Spróbuj ponownie',
};

const languages: Record<string, LinkMessages> = { en, my, ru, uz, pl };

/** @param language BCP 47; English for a language we do not have. */
export const linkMessages = (language: string): LinkMessages => languages[language.slice(0, 2).toLowerCase()] ?? en;
