/** Uzbek. */
import type { SmsMessages } from '../messages.ts';

export const sms: SmsMessages = {
  get: 'Kodni SMS orqali olish',
  pay: 'SMS yuborib toʻlash',
  asking: 'SMS tayyorlanmoqda…',
  title: 'Shu SMSni yuboring',
  text: 'Matn',
  number: 'Raqamga',
  price: 'Soliq bilan narxi',
  dear: 'SMS narxi {amount} dan yuqori. Qolgani yoʻqoladi.',
  open: 'SMS ilovasini ochish',
  scan: 'Telefon kamerasini tuting: SMS tayyor, faqat yuborish qoladi.',
  picture: 'Shu SMS yozilgan QR kod',
  code: 'Javobdagi kod',
  codeHint: 'SMS orqali keladi, odatda bir necha daqiqada.',
  codeEmpty: 'Avval SMSdagi kodni kiriting.',
  codeOdd: 'Bu SMSdagi kodga oʻxshamaydi. Harf va raqamlarni tekshiring.',
  use: 'Shu kod bilan toʻlash',
  noCode: 'Kod kelmadimi?',
  noCodeHelp:
    'Bu 30 daqiqagacha choʻzilishi mumkin. Matn va raqam yuqoridagidek ekanini tekshiring. Ikkinchi marta yubormang: har bir SMS pullik.',
  other: 'Boshqa usulda toʻlash',
  waiting: 'SMSingizni kutyapmiz…',
  long: 'Hali ham kutyapmiz. Sahifani yopsangiz ham boʻladi: SMS yuborgan boʻlsangiz, u kelishi bilan doʻkonga xabar qilamiz. Uni ikkinchi marta yubormang.',
  sent: 'Yubordim',
  looking: 'SMSingiz qidirilmoqda…',
  leave: 'Boshqa usulda toʻlasangiz, bu SMSdagi kod ishlamay qoladi. Yuborib boʻlgan boʻlsangiz, shu yerda kuting.',
  late: 'SMS yuborgan boʻlsangiz, u hisobga olinadi va doʻkonga xabar qilinadi. Endi uni yubormang.',
  fault: 'Hozir SMSingizni qidirib boʻlmayapti. Uni qayta yubormang: yuborgan boʻlsangiz, u hisobga olinadi.',
  unused:
    'Buyurtma toʻlanmadi. SMS yuborgan boʻlsangiz, javobdagi kodni saqlab qoʻying: u ishlatilmadi. Doʻkonda qaytadan boshlab, uni oʻsha yerda kiriting.',
  enough: 'Bu buyurtma uchun boshqa SMS tayyorlab boʻlmaydi. Kod kiriting yoki boshqa usulda toʻlang.',
  foot: 'Yuborilgan SMS hisobga olinadi.',
  excess: 'Kod qiymati {amount} dan koʻp. Ishlatsangiz, qolgani yoʻqoladi.',
  excessYes: 'Baribir ishlatish',
  excessNo: 'Boshqa kod kiritish',
  discount: 'Chegirma',
  discountRemove: 'Chegirmani olib tashlash',
  discountRemoving: 'Chegirma olib tashlanmoqda…',
  discountOn: 'Chegirma qoʻllandi. Toʻlov summasi: {amount}',
  discountOff: 'Chegirma endi amal qilmaydi. Toʻlov summasi: {amount}',
  problems: {
    code_format: 'Bu SMSdagi kodga oʻxshamaydi, u ishlatilmadi. Harf va raqamlarni tekshiring.',
    code_invalid: 'Kod notoʻgʻri, u ishlatilmadi. SMS bilan solishtiring: O/0 va I/1 oʻxshash.',
    code_used: 'Bu kod allaqachon ishlatilgan. Oxirgi SMSdan ekanini tekshiring.',
    code_value_too_low: 'Kod qiymati {amount} dan kam, u ishlatilmadi. SMS qaysi raqamga ketganini tekshiring.',
    provider_unavailable: 'Hozir kodni tekshirib boʻlmayapti, u ishlatilmadi. Bir daqiqadan keyin qayta urinib koʻring.',
    too_many_attempts:
      'Notoʻgʻri kod juda koʻp marta kiritildi. SMSdagi kod ishlatilmadi: biroz kutib, uni solishtiring va qayta kiriting.',
    discount_taken:
      'Bu buyurtmada chegirma allaqachon bor. Hech narsa oʻzgarmadi, pul yechilmadi: faqat bittasi hisobga olinadi.',
    discount_lost:
      'Chegirma kodi endi ishlamaydi, buyurtma hali toʻlanmagan. Chegirmasiz toʻlang yoki boshqa chegirma kodini kiriting.',
  },
};
