/** Uzbek in Latin letters. */
import type { PageMessages } from '../messages.ts';

export const page: PageMessages = {
  title: 'Toʻlov',
  missingTitle: 'Toʻlov havolasi toʻliq emas',
  missingText: 'Havolani ochganda pul yechilmaydi. Doʻkonga qayting va toʻlovni oʻsha yerdan qayta oching.',
  secure: 'Xavfsiz toʻlov',
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
