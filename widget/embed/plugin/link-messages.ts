/** The words of a signed link on its way to a payment. Each says what happened, whether money was taken, and what to do. */

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
  expiredTitle: 'This payment link has run out',
  expiredText: 'Nothing was charged. Get a new link in the shop. If you have already paid, don’t pay again: ask the shop.',
  brokenTitle: 'This payment link doesn’t work',
  brokenText: 'Nothing was charged. It may have been cut or changed on its way. Open the payment again from the shop.',
  refusedTitle: 'This order can’t be paid by this link',
  refusedText: 'Nothing was charged. The order may have changed. Start again in the shop.',
  laterTitle: 'We can’t open this payment right now',
  laterText: 'Nothing was charged. Check your connection and try again in a moment.',
  tryAgain: 'Try again',
};

const my: LinkMessages = {
  opening: 'ငွေပေးချေမှုကို ဖွင့်နေပါသည်…',
  expiredTitle: 'ဤငွေပေးချေလင့်ခ် သက်တမ်းကုန်သွားပါပြီ',
  expiredText: 'ငွေ မဖြတ်ပါ။ ဆိုင်တွင် လင့်ခ်အသစ် ယူပါ။ ငွေပေးပြီးသားဆိုလျှင် ထပ်မပေးဘဲ ဆိုင်ကို မေးပါ။',
  brokenTitle: 'ဤငွေပေးချေလင့်ခ်ကို သုံး၍ မရပါ',
  brokenText: 'ငွေ မဖြတ်ပါ။ လင့်ခ် ပြတ်သွားခြင်း သို့မဟုတ် ပြောင်းလဲသွားခြင်း ဖြစ်နိုင်ပါသည်။ ဆိုင်မှ ငွေပေးချေမှုကို ပြန်ဖွင့်ပါ။',
  refusedTitle: 'ဤအော်ဒါကို ဤလင့်ခ်ဖြင့် ပေးချေ၍ မရပါ',
  refusedText: 'ငွေ မဖြတ်ပါ။ အော်ဒါ ပြောင်းလဲသွားခြင်း ဖြစ်နိုင်ပါသည်။ ဆိုင်တွင် ပြန်စပါ။',
  laterTitle: 'ယခု ငွေပေးချေမှုကို ဖွင့်၍ မရသေးပါ',
  laterText: 'ငွေ မဖြတ်ပါ။ အင်တာနက်ကို စစ်ပြီး ခဏကြာလျှင် ထပ်စမ်းပါ။',
  tryAgain: 'ထပ်စမ်းမည်',
};

const ru: LinkMessages = {
  opening: 'Открываем оплату…',
  expiredTitle: 'Срок ссылки на оплату истёк',
  expiredText:
    'Деньги не списаны. Получите новую ссылку в магазине. Если вы уже заплатили, не платите ещё раз: спросите магазин.',
  brokenTitle: 'Эта ссылка на оплату не работает',
  brokenText: 'Деньги не списаны. Возможно, ссылка обрезана или изменена по дороге. Откройте оплату из магазина ещё раз.',
  refusedTitle: 'По этой ссылке заказ оплатить нельзя',
  refusedText: 'Деньги не списаны. Возможно, заказ изменился. Начните заново в магазине.',
  laterTitle: 'Сейчас открыть оплату не получается',
  laterText: 'Деньги не списаны. Проверьте соединение и попробуйте ещё раз чуть позже.',
  tryAgain: 'Попробовать ещё раз',
};

const uz: LinkMessages = {
  opening: 'Toʻlov ochilmoqda…',
  expiredTitle: 'Toʻlov havolasining muddati tugadi',
  expiredText: 'Pul yechilmadi. Doʻkondan yangi havola oling. Agar toʻlagan boʻlsangiz, qayta toʻlamang: doʻkondan soʻrang.',
  brokenTitle: 'Bu toʻlov havolasi ishlamaydi',
  brokenText: 'Pul yechilmadi. Havola yoʻlda kesilgan yoki oʻzgargan boʻlishi mumkin. Toʻlovni doʻkondan qayta oching.',
  refusedTitle: 'Bu buyurtmani shu havola bilan toʻlab boʻlmaydi',
  refusedText: 'Pul yechilmadi. Buyurtma oʻzgargan boʻlishi mumkin. Doʻkonda qaytadan boshlang.',
  laterTitle: 'Hozir toʻlovni ochib boʻlmadi',
  laterText: 'Pul yechilmadi. Internetni tekshiring va birozdan keyin qayta urinib koʻring.',
  tryAgain: 'Qayta urinish',
};

const pl: LinkMessages = {
  opening: 'Otwieramy płatność…',
  expiredTitle: 'Ten link do płatności stracił ważność',
  expiredText: 'Nic nie pobrano. Weź nowy link w sklepie. Jeśli już zapłacono, nie płać drugi raz: zapytaj sklep.',
  brokenTitle: 'Ten link do płatności nie działa',
  brokenText: 'Nic nie pobrano. Link mógł zostać ucięty lub zmieniony po drodze. Otwórz płatność jeszcze raz ze sklepu.',
  refusedTitle: 'Tym linkiem nie można opłacić zamówienia',
  refusedText: 'Nic nie pobrano. Zamówienie mogło się zmienić. Zacznij od nowa w sklepie.',
  laterTitle: 'Teraz nie możemy otworzyć tej płatności',
  laterText: 'Nic nie pobrano. Sprawdź połączenie i spróbuj ponownie za chwilę.',
  tryAgain: 'Spróbuj ponownie',
};

const languages: Record<string, LinkMessages> = { en, my, ru, uz, pl };

/** @param language BCP 47; a language we do not have reads English. */
export const linkMessages = (language: string): LinkMessages => languages[language.slice(0, 2).toLowerCase()] ?? en;
