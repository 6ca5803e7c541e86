/**
 * The state of the card form: which of its two steps is shown (the card, or the code of its SMS), what is wrong with the input,
 * how each field is formatted, and the request that sends it.
 */
import {
  asciiDigits,
  type EnterCard,
  type EnterCardCode,
  findCard,
  longestCardNumber,
  type ProblemCode,
  readCardExpiry,
  readCardNumber,
  readPayerPhone,
  readSmsCode,
  type SavedCard,
} from '#contract';
import type { CardMessages } from '../../messages/card-messages.ts';
import { fill } from '../../messages/format.ts';
import { problemText } from '../../messages/language.ts';
import type { Messages } from '../../messages/messages.ts';
import type { Answer, BffClient } from '../../session/bff-client.ts';
import type { MethodFormProps } from '../method-form.ts';
import type { InputMask } from '../text-input.ts';
import { CardDraft } from './card-draft.ts';

export interface CardFormState {
  typed: CardDraft;
  /** Null once our server has the card. */
  action: EnterCard | null;
  /** Null while no SMS was requested. */
  sms: EnterCardCode | null;
  /** No code of that SMS is taken any more: only another SMS helps. */
  isSpent: boolean;
  /** The chosen saved card. */
  saved: SavedCard | null;
  /** The fields that are shown, from top to bottom. */
  shown: readonly CardField[];
}

export function cardFormState({ action, draft }: MethodFormProps): CardFormState {
  // What was entered for another step is removed from memory.
  const kept = draft.card instanceof CardDraft && draft.card.step === action.kind ? draft.card : null;
  const typed = kept ?? Object.assign(new CardDraft(), { step: action.kind });
  draft.card = typed;
  const none = { typed, action: null, sms: null, isSpent: false, saved: null, shown: [] };
  if (action.kind === 'enter_card_code') return { ...none, sms: action, isSpent: action.attemptsLeft < 1, shown: ['code'] };
  if (action.kind !== 'enter_card') return none;
  const { sms = null, isSpent = false } = typed.direct ?? {};
  if (sms) return { ...none, action, sms, isSpent, shown: ['code'] };
  const saved = action.saved.find(({ id }) => id === (typed.saved ?? action.saved[0]?.id)) ?? null;
  const phone: CardField[] = action.askPhone ? ['phone'] : [];
  return { ...none, action, saved, shown: saved ? phone : ['number', 'expire', ...phone] };
}

/** A field of the card form. Problems name it in `field` by the same name. */
export type CardField = 'number' | 'expire' | 'phone' | 'code';

/** Input that cannot be sent. The server checks again. */
export interface ValidationError {
  field: CardField;
  code: ProblemCode;
  /** Key of the text that says what is wrong. */
  text: Exclude<keyof CardMessages, 'problems'>;
}

const codes: Record<CardField, ProblemCode> = {
  number: 'card_number',
  expire: 'card_expiry',
  phone: 'phone_format',
  code: 'sms_code_format',
};

const checks: Record<CardField, (typed: string) => ValidationError['text'] | null> = {
  number: (typed) => (typed ? (readCardNumber(typed) ? null : 'numberShort') : 'numberEmpty'),
  expire: (typed) => (readCardExpiry(typed) ? null : 'expireWrong'),
  phone: (typed) => (readPayerPhone(typed) ? null : 'phoneWrong'),
  code: (typed) => (typed ? (readSmsCode(typed) ? null : 'codeFormat') : 'codeEmpty'),
};

/** From the top of the form to the bottom. */
export const cardFieldErrors = ({ shown, typed }: CardFormState): ValidationError[] =>
  shown.flatMap((field) => {
    const text = checks[field](typed[field]);
    return text ? [{ field, code: codes[field], text }] : [];
  });

/** The text of what is wrong, at a field or about the whole form; or of what another SMS has to wait for, which is no error. */
export type CardProblem = Partial<Record<CardField | 'form' | 'wait', string>>;

const fieldOfCode: Record<string, CardField> = { card_number: 'number', card_expiry: 'expire', phone_format: 'phone' };

/** Invalid input is reported first, and the problem of the last try only where all input is valid. */
export function cardProblem(
  { problem, language, view }: MethodFormProps,
  { shown, sms, isSpent }: CardFormState,
  errors: readonly ValidationError[],
  { card: texts }: Messages,
): CardProblem {
  if (errors.length) return Object.fromEntries(errors.map(({ field, text }) => [field, texts[text]]));
  if (!problem) return {};
  const { code } = problem;
  // Only another SMS was refused. The code of the one before pays, if it was not spent.
  if (sms && code === 'too_many_attempts')
    return { wait: isSpent ? texts.problems.too_many_attempts : sms.resendAt === null ? texts.noMore : texts.noneYet };
  if (isSpent && code === 'sms_code_expired' && sms?.resendAt === null) return { code: texts.noMore };
  const about = problem.field ?? fieldOfCode[code] ?? (/^sms_code/.test(code) ? 'code' : '');
  const field = shown.find((name) => name === about) ?? 'form';
  const left = code === 'sms_code_wrong' && sms?.attemptsLeft ? ` ${fill(texts.left, { n: sms.attemptsLeft })}` : '';
  return { [field]: problemText(problem, language, view, texts.problems) + left };
}

/** Groups of four, as on the card. Digits of any script, and no more than the card's system has. */
const number: InputMask = {
  read(text) {
    const digits = findCard(text)?.number ?? digitsOf(text);
    return digits.slice(0, longestCardNumber(digits));
  },
  show: (digits) => digits.replace(/(\d{4})(?=\d)/g, '$1 '),
};

/**
 * `03/99`. The slash is added, a month that can only have one digit gets a zero, and a year of four digits is shortened once it
 * is complete. What begins with 20 is a year: no month does, and no card of a year from 2000 to 2009 is left.
 */
const expire: InputMask = {
  read(text) {
    const typed = asciiDigits(text).replace(/[^\d/.-]/g, '');
    const digits = digitsOf(needsZero(typed) ? `0${typed}` : typed);
    if (digits.startsWith('20')) return readCardExpiry(digits) ?? digits.slice(0, 8);
    // `03/20` may become `03/2099`.
    if (digits.slice(2, 4) !== '20') return digits.slice(0, 4);
    return digits.length < 6 ? digits : (readCardExpiry(digits.slice(0, 6)) ?? digits.slice(0, 4));
  },
  show: (digits) => (digits.length < 2 || digits.startsWith('20') ? digits : `${digits.slice(0, 2)}/${digits.slice(2)}`),
};

/** Whether the month has only one digit. Two digits before a separator, and four digits, are no such month: `30/03`, `3003`. */
const needsZero = (typed: string): boolean => /^(?:[1-9][/.-]|[3-9]\d{0,2}$|2[1-9]\d?$)/.test(typed);

/**
 * Digits only. Of a whole SMS the code stays, and where it is not certain which number that is, the whole text, so that the
 * customer can see it.
 */
const code: InputMask = {
  read(text) {
    const others = asciiDigits(text).match(/[^\d\s\p{Pd}\p{Cf}]/gu) ?? [];
    return readSmsCode(text) ?? (others.length > 1 ? text : digitsOf(text));
  },
  show: (digits) => digits,
};

/** The nine digits after +998, which stands before the field. What cannot be such a number stays as it is, so that it can be seen. */
const phone: InputMask = {
  read(text) {
    const known = readPayerPhone(text);
    const digits = digitsOf(text);
    return known ? known.slice(3) : digits.length > 9 || /[^\d\s()+\p{Pd}\p{Cf}]/u.test(asciiDigits(text)) ? text : digits;
  },
  show: (digits) => (/^\d+$/.test(digits) ? digits.replace(/^(\d\d)(\d{1,3})(\d{0,2})(\d{0,2})$/, '$1 $2 $3 $4').trim() : digits),
};

/** In a field that takes only digits, the Burmese letters U+101D and U+101B can only be meant as the digits they look like. */
const digitsOf = (text: string): string =>
  asciiDigits(text)
    .replace(/\u101d/g, '0')
    .replace(/\u101b/g, '7')
    .replace(/\D/g, '');

export const cardMasks: Record<CardField, InputMask> = { number, expire, code, phone };

/**
 * Sends what was entered: a card, a saved card, or the code of an SMS.
 * @param resend Only request another SMS.
 */
export async function sendCard(
  context: MethodFormProps,
  { typed, action, saved }: CardFormState,
  resend: boolean,
  ...[client, key, signal]: [client: BffClient, key: string, signal: AbortSignal]
): Promise<Answer> {
  if (!action) return client.post(resend ? 'card/resend' : 'card/code', resend ? {} : { code: typed.code }, key, signal);
  const { due, currency } = context.view;
  const more = {
    seen: { due, currency },
    ...(action.askPhone && { phone: `+998${typed.phone}` }),
    ...(context.view.nextAction.kind === 'confirm' && { acknowledge: true }),
  };
  if (saved) return client.post('card/saved', { cardId: saved.id, ...more }, key, signal);
  if (action.direct) {
    const direct = await import('./send-direct.ts').catch(() => null);
    if (!direct) return { ok: false, problem: { code: 'network', reference: '' }, view: context.view };
    return direct.sendDirect({ context: { ...context, action }, typed, resend, more }, client, key, signal);
  }
  const { number, expire, save } = typed;
  return client.post('card', { number, expire, ...(action.canSave && { save }), ...more }, key, signal);
}
