/** An error that the simulator answers: one of its own by name, or any other by its number, as a setting may order it. */
import { paymeErrors } from './payme-errors.ts';

export type ErrorName = keyof typeof paymeErrors;

export class RpcError extends Error {
  override readonly name = 'RpcError';
  readonly code: number;
  readonly data: string | undefined;
  /** It comes late: the card that is slow. */
  readonly slow: boolean;

  constructor(error: ErrorName | number, { data, slow = false }: { data?: string; slow?: boolean } = {}) {
    super(String(error));
    this.code = typeof error === 'number' ? error : paymeErrors[error].code;
    this.data = data;
    this.slow = slow;
  }

  /** The `error` member of an answer. @param messageAs a Russian text as in practice, or one in each language */
  body(messageAs: 'string' | 'object') {
    const { code, data } = this;
    const { ru, uz, en } = Object.values(paymeErrors).find((known) => known.code === code) ?? others;
    const message = messageAs === 'string' ? ru : { ru, uz, en };
    return data === undefined ? { code, message } : { code, message, data };
  }
}

const others = { ru: 'Ошибка', uz: 'Xatolik', en: 'Error' };
