/**
 * Uzbek in Latin letters, with the turned comma (U+02BB) of oʻ and gʻ and the apostrophe (U+02BC) of maʼlum. Fetched on demand.
 */
import { card } from './card/uz.ts';
import type { Messages } from './messages.ts';
import { page } from './page/uz.ts';
import { sms } from './sms/uz.ts';
import { transfer } from './transfer/uz.ts';

export const uz: Messages = {
  titles: {
    loading: 'Toʻlov ochilmoqda…',
    enter: 'Toʻlov usulini tanlang',
    checking: 'Toʻlovingizni tekshiryapmiz',
    review: 'Toʻlovingiz qoʻlda tekshirilmoqda',
    paid: 'Toʻlandi',
    expired: 'Toʻlov vaqti tugadi',
    canceled: 'Toʻlov bekor qilindi',
    underpaid: 'Summaning faqat bir qismi tushdi',
    refunding: 'Pulingiz qaytarilmoqda',
    refunded: 'Pulingiz qaytarildi',
    unavailable: 'Bu buyurtmani shu yerda toʻlab boʻlmaydi',
    load_error: 'Toʻlovni ochib boʻlmadi',
    session: 'Toʻlovni qaytadan oching',
  },

  order: 'Buyurtma {order}',
  testMode: 'Sinov rejimi: haqiqiy pul yechilmaydi',
  testShort: 'Sinov',
  methods: { pay_code: 'Toʻlov kodi', wallet: 'Mobil hamyon', card: 'Karta' },

  currencies: { UZS: '{n}\u00a0soʻm' },

  codeLabel: 'Toʻlov kodi',
  codeHint: 'Vaucherdagi yoki SMSdagi kod. Boʻsh joylar muhim emas.',
  codeHintLength: '{length} ta harf va raqam. Boʻsh joylar muhim emas.',
  codeEmpty: 'Avval toʻlov kodini kiriting.',
  codeLength: 'Kodda {length} ta belgi boʻlishi kerak, bu yerda esa {typed} ta. Pul yechilmadi.',
  codeSigns: 'Kodda bunday belgi boʻlmaydi: {signs}. Pul yechilmadi. Kodni tekshirib, qayta urinib koʻring.',
  codeExpiredOn: 'Kodning muddati {at} da tugagan, u ishlatilmadi. Boshqa kod kiriting.',
  codeValidFrom: 'Kod {at} dan boshlab ishlaydi, u ishlatilmadi. Keyinroq qayting yoki boshqa kod kiriting.',
  codeFoot: 'Kod shu buyurtmaga toʻgʻri kelsagina ishlatiladi.',
  codeFrom: 'Vaucher yoki SMS-kod',
  moreWallets: 'Boshqa hamyonlar',
  pay: '{amount} toʻlash',
  sending: 'Kod tekshirilmoqda…',
  retryIn: '{time} dan keyin qayta urinib koʻring',
  retryNow: 'Endi qayta urinib koʻrishingiz mumkin.',

  checkingText:
    'Bu bir necha daqiqa olishi mumkin. Sahifani yopsangiz ham boʻladi: natija chiqishi bilan doʻkonga xabar qilamiz.',
  checkingLongText:
    'Tekshiruv odatdagidan uzoqroq davom etyapti. Sahifani yopsangiz ham boʻladi: natija chiqishi bilan doʻkonga xabar qilamiz.',
  checkingWarning: 'Tekshiruv tugaguncha, iltimos, qayta toʻlamang.',
  checkNow: 'Hozir tekshirish',
  reviewText: 'Bu bir kun olishi mumkin. Sahifani yopsangiz ham boʻladi: natija chiqishi bilan doʻkonga xabar qilamiz.',
  amount: 'Summa',
  started: 'Boshlangan vaqti',
  justNow: 'hozirgina',
  minutesAgo: '{n} daqiqa oldin',
  hoursAgo: '{n} soat oldin',
  checkingFoot: 'Natija maʼlum boʻlguncha tekshiramiz.',

  paidLate: 'Pul vaqt tugagandan keyin tushdi. Toʻlov hisobga olindi, doʻkonga ham xabar berdik.',
  paidFoot: 'Doʻkonga ham xabar berdik. Sahifani yopishingiz mumkin.',
  to: 'Qabul qiluvchi',
  orderRow: 'Buyurtma',
  with: 'Toʻlov usuli',
  when: 'Sana va vaqt',
  reference: 'Toʻlov raqami',
  copy: 'Nusxalash',
  copied: 'Nusxalandi',
  paste: 'Qoʻyish',
  copyReference: 'Toʻlov raqamini nusxalash',
  back: '{merchant} doʻkoniga qaytish',
  receipt: 'Toʻlov cheki',
  saveReceipt: 'Chekni saqlash',
  fiscalReceipt: 'Fiskal chek',
  fiscalPicture: 'Fiskal chekning QR-kodi',
  fiscalOpen: 'Soliq saytida ochish',
  fiscalLink: 'Fiskal chekni ochish',
  language: 'Til',

  endedText: 'Pul yechilmadi. Sotib olish uchun doʻkonda qaytadan boshlang.',
  alreadyPaid: 'Toʻlab boʻlganmisiz? Qayta toʻlamang: doʻkonga toʻlov raqamini koʻrsating.',
  underpaidText: 'Iltimos, qolganini yubormang. Doʻkonga toʻlov raqamini koʻrsating.',
  asked: 'Toʻlov summasi',
  received: 'Tushdi',
  missing: 'Yetishmayapti',
  refundingText: 'Doʻkon pulingizni qaytarmoqda. Sizdan hech narsa talab qilinmaydi.',
  refundText: 'Doʻkon pulingizni qaytardi. Sizdan hech narsa talab qilinmaydi.',

  unreachable: 'Toʻlov xizmati bilan aloqa yoʻq. Internetni tekshirib, qayta urinib koʻring.',
  serviceFault: 'Toʻlov xizmatida nosozlik bor. Bir daqiqadan keyin qayta urinib koʻring.',
  tryAgain: 'Qayta urinish',
  offline: 'Aloqa yoʻq. Tiklanishi bilan sahifa oʻzi davom etadi.',
  slow: 'Yana biroz kuting. Bu bir daqiqa olishi mumkin.',
  otherTab: 'Toʻlov boshqa varaqda davom etyapti. Natija shu yerda ham chiqadi.',
  pageRefused:
    'Bu sahifada toʻlov hali sozlanmagan. Bu haqda doʻkonga xabar bering. Agar toʻlab boʻlgan boʻlsangiz, qayta toʻlamang.',
  sessionText:
    'Sahifa juda uzoq ochiq turdi. Doʻkonga qaytib, toʻlovni qaytadan oching. Agar toʻlab boʻlgan boʻlsangiz, qayta toʻlamang: doʻkonga toʻlov raqamini koʻrsating.',

  transfer,
  card,
  sms,
  page,

  problems: {
    code_format: 'Bu toʻlov kodiga oʻxshamaydi. Pul yechilmadi. Harf va raqamlarni tekshiring.',
    code_invalid: 'Bu kod bu yerda ishlamaydi. Pul yechilmadi. O/0 va I/1 ni tekshiring: ular oʻxshash.',
    code_used: 'Bu kod allaqachon ishlatilgan. Pul yechilmadi. Belgilarni tekshiring yoki boshqa kod kiriting.',
    code_expired: 'Bu kodning muddati tugagan. Pul yechilmadi. Boshqa kod kiriting.',
    code_not_yet_valid: 'Bu kod hali kuchga kirmagan. Pul yechilmadi. Keyinroq qayting yoki boshqa kod kiriting.',
    code_value_too_low: 'Kod qiymati {amount}dan kam, shuning uchun u ishlatilmadi. Buyurtmaga yetadigan kod kiriting.',
    code_value_too_high:
      'Kod qiymati {amount}dan koʻp va qolgani yoʻqolardi, shuning uchun u ishlatilmadi. Mos qiymatli kod kiriting.',
    too_many_attempts: 'Notoʻgʻri kod juda koʻp marta kiritildi. Pul yechilmadi. Biroz kutib, qayta urinib koʻring.',
    provider_unavailable:
      'Hozir kodni tekshirib boʻlmayapti. Pul yechilmadi. Kod ham ishlatilmadi. Bir daqiqadan keyin qayta urinib koʻring.',
    payment_processing: 'Bu toʻlov allaqachon tekshirilmoqda. Iltimos, qayta toʻlamang.',
    payment_expired: 'Toʻlov vaqti tugadi. Pul yechilmadi. Doʻkonda qaytadan boshlang.',
    method_unavailable: 'Bu usul shu buyurtmaga mos emas. Pul yechilmadi. Doʻkonda boshqa usulni tanlang.',
    order_conflict: 'Buyurtma oʻzgargan. Pul yechilmadi. Doʻkonda qaytadan boshlang.',
    idempotency_conflict: 'Bizning tomonda xatolik yuz berdi. Oʻsha kod bilan qayta urinib koʻring: pul ikki marta yechilmaydi.',
    unauthorized:
      'Bu toʻlov havolasi endi ishlamaydi. Doʻkonga qayting. Agar toʻlab boʻlgan boʻlsangiz, qayta toʻlamang: doʻkondan soʻrang.',
    not_found:
      'Bu toʻlov havolasi endi ishlamaydi. Doʻkonga qayting. Agar toʻlab boʻlgan boʻlsangiz, qayta toʻlamang: doʻkondan soʻrang.',
    invalid_request: 'Kodni oʻqib boʻlmadi. Pul yechilmadi. Kodni tekshirib, qayta urinib koʻring.',
    too_large: 'Kodni oʻqib boʻlmadi. Pul yechilmadi. Kodni tekshirib, qayta urinib koʻring.',
    busy: 'Hozir toʻlovlar juda koʻp. Biroz kutib, qayta urinib koʻring: pul ikki marta yechilmaydi.',
    internal: 'Bizning tomonda xatolik yuz berdi. Oʻsha kod bilan qayta urinib koʻring: pul ikki marta yechilmaydi.',
    network: 'Aloqa uzildi. Oʻsha kod bilan qayta urinib koʻring: pul ikki marta yechilmaydi.',
    before_submit_rejected: 'Doʻkon toʻlovni toʻxtatdi. Pul yechilmadi. Qayta urinib koʻring yoki doʻkondan soʻrang.',
    before_submit_timeout: 'Doʻkon oʻz vaqtida javob bermadi. Pul yechilmadi. Qayta urinib koʻring.',
  },
};
