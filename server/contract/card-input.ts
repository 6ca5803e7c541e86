/** Reads what a customer typed or pasted about a card, in any script's digits. Everything is null where it cannot be read. */
import { asciiDigits } from './ascii-digits.ts';

/** 16 digits of a system that we know, else 16 to 19, whatever separates them. */
export function readCardNumber(typed: string): string | null {
  const digits = asciiDigits(typed).replace(/[\s\p{Pd}.·]|\p{Cf}/gu, '');
  return /^\d{16,19}$/.test(digits) && digits.length <= longestCardNumber(digits) ? digits : null;
}

/** How many digits a card number that begins so may have. More are something else, e.g. the expiry that was pasted with it. */
export const longestCardNumber = (digits: string): number => (cardSystem(digits) ? 16 : 19);

/**
 * The card of a system that we know in a text with more than its number, e.g. `8600 0691 9540 6311 03/99`, and the expiry behind
 * it, as typed; '' where there is none. Null where the text has no such card, or more than one.
 */
export function findCard(text: string): { number: string; expire: string } | null {
  const plain = asciiDigits(text).replace(/\p{Cf}/gu, '');
  const [card, ...more] = plain.matchAll(/(^|[^\d*•])((?:8600|5614|6262|9860)(?:[\s\p{Pd}.·]?\d){12})(?!\d)/gu);
  if (!card || more.length > 0) return null;
  const [, before = '', typed = ''] = card;
  const behind = plain.slice(card.index + before.length + typed.length);
  const [, expire = ''] =
    /^[^\d]{0,20}?((?:20)?\d{2}\p{Pd}\d{2}|\d{1,2}\s*[/.\p{Pd}]\s*(?:20)?\d{2}|\d{4}|\d{6})(?!\d|[/.\p{Pd}]\d)/u.exec(behind) ??
    [];
  return { number: typed.replace(/\D/g, ''), expire: readCardExpiry(expire) ? expire : '' };
}

export type CardSystem = 'uzcard' | 'humo';

/** The system of a card by the first digits that are typed so far. Uzcard: 8600, 5614, 6262; Humo: 9860. Null for others. */
export function cardSystem(digits: string): CardSystem | null {
  if (/^(?:8600|5614|6262)/.test(digits)) return 'uzcard';
  return digits.startsWith('9860') ? 'humo' : null;
}

/**
 * Whether a card number passes the Luhn check. A mistyped number seldom does. A valid card of an unknown system may fail it too,
 * so a failure is only worth a warning.
 */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits.at(-1 - index));
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/**
 * The expiry as Payme expects it: `MMYY`. Reads `03/99`, `0399`, `3/99`, `03 / 2099`, and with the year first `2099-03` and
 * `209903`. Years far ahead are accepted, since Payme's test cards expire in 2099. No card of a year before 2020 is left, so that
 * such a year is a typing error.
 */
export function readCardExpiry(typed: string): string | null {
  const plain = asciiDigits(typed)
    .replace(/\p{Cf}/gu, '')
    .trim();
  const { month = '', year = '' } = expiryForms.map((form) => form.exec(plain)?.groups).find(isExpiry) ?? {};
  return month ? month.padStart(2, '0') + year : null;
}

const expiryForms = [
  /^(?<month>\d{1,2})\s*[/.\p{Pd}\s]\s*(?:20)?(?<year>\d{2})$/u,
  /^(?<month>\d{2})(?:20)?(?<year>\d{2})$/,
  /^20(?<year>\d{2})\s*[/.\p{Pd}\s]?\s*(?<month>\d{2})$/u,
];

const isExpiry = (found: { [part: string]: string } | undefined): boolean =>
  Number(found?.month) >= 1 && Number(found?.month) <= 12 && Number(found?.year) >= 20;

/** A phone of Uzbekistan as Payme expects it, `998901304527`; the country code may be left out, or follow `00`. */
export function readPayerPhone(typed: string): string | null {
  const digits = asciiDigits(typed).replace(/[\s\p{Pd}().+]|\p{Cf}/gu, '');
  const [, number] = /^(?:(?:00)?998)?(\d{9})$/.exec(digits) ?? [];
  return number === undefined ? null : `998${number}`;
}

/** Payme's codes, and those of most banks, have so many digits. */
const usualLength = 6;

/**
 * Reads the code of an SMS from what a customer typed or pasted: the code alone, or the whole SMS, which usually has more numbers
 * than the code. Null where there is no code, or where more than one number could be it. A wrong number would spend one of few
 * tries, while a text that cannot be read stays in the field for the customer.
 *
 * First everything is blanked out that is recognisably something else: masked cards, dates, times, phones, amounts of money and
 * numbers that are named as another thing. Of the rest, the number that is called a code wins; without that word, only a single
 * number of the usual length is taken.
 */
export function readSmsCode(text: string): string | null {
  const plain = asciiDigits(text);
  const alone = plain.replace(/[\s\p{Pd}]|\p{Cf}/gu, '');
  if (/^\d{4,8}$/.test(alone)) return alone;
  // The last line of an SMS that is meant for one website: `@pay.example #123456`.
  const bound = [...plain.matchAll(/@[\w.-]+ #(\d{4,8})(?!\w)/g)].map(([, code = '']) => code);
  const message = withoutOthers(plain);
  const numbers = candidates(message);
  const named = numbers.filter(({ before }) => namedBefore(before));
  const chosen = named.length > 0 ? named : numbers.filter(({ after }) => isNamedAfter.test(after));
  const [only, ...more] = new Set([...bound, ...chosen.map(({ digits }) => digits)]);
  if (only === undefined) return unnamed(message, numbers);
  const isDoubtful = more.length > 0 || numbers.some(({ digits }) => digits !== only && digits.length === only.length);
  return isDoubtful ? null : only;
}

interface Candidate {
  digits: string;
  before: string;
  after: string;
}

/** Stands for what is no code. It separates words, but ends no sentence. */
const blank = '§';

/** What no number may touch on its left; on its right stands `(?![\p{L}\p{M}\p{N}])`. Look-behind would lock out older browsers. */
const start = String.raw`(^|[^\p{L}\p{M}\p{N}.,:/*•+-])`;

const currency = String.raw`(?:UZS|USD|EUR|RUB|PLN|MMK|KZT|so[ʻʼ‘’'${'`'}´]?m|s[uo]+m|сум|сўм|тийин|tiyin|руб(?:л\p{L}*)?|р|z[łl](?:ot\p{L}*)?|gr|ks|kyats?|dollar|ming|mln|тыс|млн|ကျပ်|ကျပ|[$€₽£%])`;
const amount = String.raw`(?:\d{1,3}(?:[ \u00a0.,'’]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)`;

/** Words before a number that is no code. */
const otherName = String.raw`(?:su[m]+[aęy]\p{L}*|сумм\p{L}*|amounts?|total|jami|kwot\p{L}*|miqdor\p{L}*|bal[ae]n[cs]\p{L}*|баланс\p{L}*|qoldi[qg]\p{L}*|saldo|остат\p{L}*|доступно|komissiya\p{L}*|комисси\p{L}*|fee|kart\p{L}*|cards?|карт\p{L}*|zakaz\p{L}*|заказ\p{L}*|orders?|buyurtma\p{L}*|zam[óo]wieni\p{L}*|faktur\p{L}*|invoice|check|chek\p{L}*|чек\p{L}*|terminal|терминал|nr|no|n|№|nomer\p{L}*|raqam\p{L}*|номер\p{L}*|numer\p{L}*|number|id|ref|txn|trx|transac\p{L}*|tranzaksiya\p{L}*|транзакц\p{L}*|операци[яи]|shartnoma\p{L}*|договор\p{L}*|hisob\p{L}*|сч[её]т\p{L}*|kont\p{L}*|account|acct|tel\p{L}*|phone|call|тел\p{L}*|звоните|dzwo[ńn]\p{L}*|qo\S?ng\S?iroq|ending|ends|in|oxiri|конце|ko[ńn]c\p{L}*|from|at|od|do|ot|от|до|ပမာဏ|လက်ကျန်(?:ငွေ)?|ငွေ|ဖုန်း|ကတ်|အမှတ်(?:စဉ်)?|နံပါတ်စဉ်)`;
/** Words after a number that is no code. */
const unit = String.raw`(?:min\p{L}*|мин\p{L}*|se[ck]\p{L}*|сек\p{L}*|daqiqa\p{L}*|soniya\p{L}*|soat\p{L}*|час\p{L}*|hours?|godz\p{L}*|days?|yil\p{L}*|год\p{L}*|rok\p{L}*|မိနစ်|စက္ကန့်|နာရီ)`;
const end = String.raw`(?![\p{L}\p{M}\p{N}])`;

/** What is no code, in the order in which it is blanked out. The first group is what stays before it. */
const others = [
  // 8600**6311, 8600 06** **** 6311, XX6311, ...6311
  String.raw`()(?:\d[\d \u00a0-]*)?(?:[*•●]+|[xх]{2,}|\.{2,}|…)(?:[ -]?[\d*•●xх]{4}(?![\d*•●xх])|[\d*•●]+|[xх]{2,})*`,
  // Dates and times.
  `${start}(?:${String.raw`\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}[:./]\d{2}(?::\d{2})?`})(?![:/-]?\\d)${end}`,
  // Phones.
  String.raw`()\+ ?\d[\d ()\u00a0-]{5,}\d`,
  `${start}${amount} ?-?${currency}(?!\\p{L})`,
  `${start}${currency}[.:]? ?${amount}${end}`,
  `${start}${otherName}[\\s:.#№=-]*\\d[\\d \u00a0-]*${end}`,
  `${start}\\d+[ -]?${unit}${end}`,
].map((source) => new RegExp(source, 'giu'));

const withoutOthers = (text: string): string => others.reduce((rest, other) => rest.replace(other, `$1${blank}`), text);

/**
 * The numbers of four to eight digits that are whole: they touch no letter and no other number, and are not one group of several.
 * Two groups of three are one number.
 */
function candidates(message: string): Candidate[] {
  const runs = /\d{3}[ \u00a0-]\d{3}(?![\p{L}\p{M}\p{N}\p{Cf}_])|[\p{L}\p{M}\p{N}\p{Cf}_]+/gu;
  return [...message.matchAll(runs)].flatMap(({ 0: run, index }) => {
    const before = message.slice(0, index);
    const after = message.slice(index + run.length);
    const touched = /(?:[\d§][.,:/+\p{Pd}]?|[*•+/\\#@$€₽]|\d[ \u00a0]|[\d§]-|x-?)$/iu.test(before) || isTouchedAfter.test(after);
    const digits = run.replace(/[ \u00a0-]/g, '');
    return /^\d{4,8}$/.test(digits) && !touched ? [{ digits, before, after }] : [];
  });
}
const isTouchedAfter = /^(?:[.,:/\p{Pd}]?[\d§]|[*•%/\\@$€₽]|[ \u00a0]\d)/u;

const codeWord = String.raw`(?:(?:pass-?)?code|kod(?:i|ni|ini|u|em|y|ingiz\p{L}*|imiz\p{L}*)?|код(?:а|у|ом|и|ини|ингиз\p{L}*)?|otp|pin|пин|pass(?:word)?|парол[ьяюи]|parol(?:i|ini|ingiz)?|has[łl](?:o|em|a))`;
const burmeseCode = String.raw`(?:ကုဒ်|ကုတ်|ကုဒ္|ကုတ္|စကားဝှက်|otp)[^\s\d§။.!?]{0,24}`;
/** "is" and what stands for it. */
const link = String.raw`(?:[\s:=„“”"'«»()\[\]\p{Pd}]|is\b|jest\b|to\b|bu\b|это|မှာ|သည်)*`;
/** The code follows its name at once, or after a colon in the same sentence: "code for signing in: 123456". */
const isNamedBefore = new RegExp(
  `(?:(?:^|[^\\p{L}\\p{M}\\p{N}_])${codeWord}(?![\\p{L}\\p{M}\\p{N}_])|${burmeseCode})(${link}|(?:[^\\d.,;!?။\\n]|\\bdn\\.){0,80}(?::|\\s\\p{Pd}|\\s(?:is|to|jest|это))\\s*)$`,
  'iu',
);
/** "123456 is your code", "123456 - tasdiqlash kodi". */
const isNamedAfter = new RegExp(
  String.raw`^["'»”)\]]?\s*(?:\p{Pd}|is\s|jest\s|to\s|bu\s|это\s|သည်\s?)[^\d.,;:!?။§\n]{0,60}?(?:(?:^|[^\p{L}\p{M}\p{N}_])${codeWord}(?![\p{L}\p{M}\p{N}_])|${burmeseCode})`,
  'iu',
);
/** Codes that are not the code of an SMS. */
const anotherCode =
  /promo|промо|error|ошибк|xato|b[łl][ęe]d|postal|zip|poczt|produ[ck]t|mahsulot|товар|merchant|swift|\bqr\b|country|region|город/iu;

function namedBefore(before: string): boolean {
  const match = isNamedBefore.exec(before);
  if (!match) return false;
  return !anotherCode.test(before.slice(Math.max(0, match.index - 12)));
}

/**
 * The code of a message that does not say which number it is: the only number that is left, if it has the usual length and looks
 * neither like a round amount nor like a date.
 */
function unnamed(message: string, numbers: readonly Candidate[]): string | null {
  const [digits = '', ...more] = new Set([...message.matchAll(/\d{4,}/g)].map(([found]) => found));
  if (more.length > 0 || digits.length !== usualLength || !numbers.every((number) => number.digits === digits)) return null;
  const [first = 0, second = 0, third = 0] = [0, 2, 4].map((from) => Number(digits.slice(from, from + 2)));
  const isMonth = second >= 1 && second <= 12;
  const isDate =
    isMonth &&
    ((first >= 1 && first <= 31 && third >= 20 && third < 40) || (first >= 20 && first < 40 && third >= 1 && third <= 31));
  return numbers.length === 0 || isDate || digits.endsWith('000') || anotherCode.test(message) ? null : digits;
}
