/** The errors that the simulator answers: its own by name, and any other by its number, which a setting can order. */

/**
 * The numbers are those on which several clients of Payme agree (server/clients/payme/README.md). The texts are ours: the real
 * ones are not known, and no client may depend on them.
 */
interface PaymeErrorEntry {
  code: number;
  ru: string;
  uz: string;
  en: string;
}

const entry = (code: number, ru: string, uz: string, en: string): PaymeErrorEntry => ({ code, ru, uz, en });

export const paymeErrors = {
  not_post: entry(-32300, 'Метод запроса не POST', 'So‘rov usuli POST emas', 'The request is no POST'),
  parse_error: entry(-32700, 'Ошибка парсинга JSON', 'JSON o‘qilmadi', 'The JSON cannot be parsed'),
  invalid_request: entry(-32600, 'Неверный RPC-запрос', 'RPC so‘rovi noto‘g‘ri', 'Invalid RPC request'),
  method_not_found: entry(-32601, 'Метод не найден', 'Usul topilmadi', 'Method not found'),
  invalid_params: entry(-32602, 'Неверные параметры', 'Parametrlar noto‘g‘ri', 'Invalid parameters'),
  access_denied: entry(-32504, 'Недостаточно привилегий', 'Huquqlar yetarli emas', 'Insufficient privileges'),
  bad_token: entry(-32500, 'Неверный формат токена', 'Token shakli noto‘g‘ri', 'Invalid token format'),
  system_error: entry(-32400, 'Внутренняя ошибка системы', 'Tizimning ichki xatosi', 'Internal system error'),
  bad_card: entry(-31300, 'Неверный номер или срок карты', 'Karta raqami yoki muddati noto‘g‘ri', 'Wrong card number or expiry'),
  card_unusable: entry(-31301, 'Карта не обслуживается', 'Kartaga xizmat ko‘rsatilmaydi', 'The card is not served'),
  insufficient_funds: entry(-31303, 'Недостаточно средств', 'Mablag‘ yetarli emas', 'Insufficient funds'),
  token_not_found: entry(-31400, 'Карта не найдена', 'Karta topilmadi', 'Card not found'),
  code_expired: entry(-31101, 'Срок действия кода истёк', 'Kod muddati tugagan', 'The code has expired'),
  code_tries_exceeded: entry(-31102, 'Превышено число попыток', 'Urinishlar soni oshib ketdi', 'Too many wrong codes'),
  code_wrong: entry(-31103, 'Неверный код', 'Kod noto‘g‘ri', 'Wrong code'),
  cashbox_unknown: entry(-31601, 'Касса не найдена', 'Kassa topilmadi', 'The cashbox is not found'),
  receipt_not_payable: entry(
    -31602,
    'Чек не найден или уже оплачен',
    'Chek topilmadi yoki to‘langan',
    'The receipt is not found, or paid',
  ),
  invalid_value: entry(-31610, 'Неверное значение поля', 'Maydon qiymati noto‘g‘ri', 'Invalid value of a field'),
  amount_too_small: entry(-31611, 'Сумма слишком мала', 'Summa juda kichik', 'The amount is too small'),
  amount_too_large: entry(-31612, 'Сумма слишком велика', 'Summa juda katta', 'The amount is too large'),
  declined: entry(-31630, 'Платёж отклонён', 'To‘lov rad etildi', 'The payment is declined'),
  wrong_state: entry(-31008, 'Операция невозможна', 'Amalni bajarib bo‘lmaydi', 'Impossible in this state'),
} as const;

export type ErrorName = keyof typeof paymeErrors;

export class RpcError extends Error {
  override readonly name = 'RpcError';
  readonly code: number;
  readonly data: string | undefined;
  /** Whether the answer is late: the slow card. */
  readonly slow: boolean;

  constructor(error: ErrorName | number, { data, slow = false }: { data?: string; slow?: boolean } = {}) {
    super(String(error));
    this.code = typeof error === 'number' ? error : paymeErrors[error].code;
    this.data = data;
    this.slow = slow;
  }

  /**
   * The `error` member of an answer.
   * @param messageAs A Russian text, as in practice, or an object with one text per language.
   */
  body(messageAs: 'string' | 'object') {
    const { code, data } = this;
    const { ru, uz, en } = Object.values(paymeErrors).find((known) => known.code === code) ?? others;
    const message = messageAs === 'string' ? ru : { ru, uz, en };
    return data === undefined ? { code, message } : { code, message, data };
  }
}

const others = { ru: 'Ошибка', uz: 'Xatolik', en: 'Error' };
