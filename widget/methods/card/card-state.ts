/** Which of its two steps a card is in, and what the customer sees there: the card, or the code of its SMS. */
import {
  asciiDigits,
  type EnterCard,
  type EnterCardCode,
  type ProblemCode,
  readCardExpiry,
  readCardNumber,
  readPayerPhone,
  readSmsCode,
  type SavedCard,
} from '#contract';
import type { CardMessages } from '../../messages/card/card-messages.ts';
import { fill } from '../../messages/fill.ts';
import type { Messages } from '../../messages/messages.ts';
import { problemText } from '../../messages/problem-text.ts';
import type { Answer, BffClient } from '../../session/bff-client.ts';
import type { InputMask } from '../form-helpers.ts';
import type { MethodFormProps } from '../method-form.ts';
import { CardDraft } from './card-draft.ts';

export interface CardFormState {
  typed: CardDraft;
  /** Null once the card is typed, and our server knows of it. */
  action: EnterCard | null;
  /** Null while no SMS was asked for. */
  sms: EnterCardCode | null;
  /** The saved card that is chosen. */
  saved: SavedCard | null;
  /** The fields that are there, from the top. */
  shown: readonly CardField[];
}

export function cardFormState({ action, draft }: MethodFormProps): CardFormState {
  // What was typed for another step leaves the memory.
  if (draft.card?.step !== action.kind) draft.card = Object.assign(new CardDraft(), { step: action.kind });
  const typed = draft.card;
  if (action.kind === 'enter_card_code') return { typed, action: null, sms: action, saved: null, shown: ['code'] };
  if (action.kind !== 'enter_card') return { typed, action: null, sms: null, saved: null, shown: [] };
  const sms = typed.direct?.sms ?? null;
  if (sms) return { typed, action, sms, saved: null, shown: ['code'] };
  const saved = action.saved.find(({ id }) => id === (typed.saved ?? action.saved[0]?.id)) ?? null;
  const phone: CardField[] = action.askPhone ? ['phone'] : [];
  return { typed, action, sms, saved, shown: saved ? phone : ['number', 'expire', ...phone] };
}

/** A field in the room of cards, by the name of what is typed there. It is also the name that a problem calls it by. */
export type CardField = 'number' | 'expire' | 'phone' | 'code';

/** What cannot be sent as it stands, from the top of the form. The server looks again. */
export interface ValidationError {
  place: CardField;
  code: ProblemCode;
  words: Exclude<keyof CardMessages, 'problems'>;
}

const codes: Record<CardField, ProblemCode> = {
  number: 'card_number',
  expire: 'card_expire',
  phone: 'phone_format',
  code: 'sms_code_format',
};

const checks: Record<CardField, (typed: string) => ValidationError['words'] | null> = {
  number: (typed) => (typed ? (readCardNumber(typed) ? null : 'numberShort') : 'numberEmpty'),
  expire: (typed) => (readCardExpiry(typed) ? null : 'expireWrong'),
  phone: (typed) => (readPayerPhone(typed) ? null : 'phoneWrong'),
  code: (typed) => (typed ? (readSmsCode(typed) ? null : 'codeFormat') : 'codeEmpty'),
};

export const cardFieldErrors = ({ shown, typed }: CardFormState): ValidationError[] =>
  shown.flatMap((place) => {
    const words = checks[place](typed[place]);
    return words ? [{ place, code: codes[place], words }] : [];
  });

/** What is wrong, in words: at a field that is there, or with all of it. What was typed comes before what came of it. */
export type CardProblem = Partial<Record<CardField | 'form', string>>;

const places: Record<string, CardField> = { card_number: 'number', card_expire: 'expire', phone_format: 'phone' };

export function cardProblem(
  { problem, language, view }: MethodFormProps,
  { shown, sms }: CardFormState,
  misfits: readonly ValidationError[],
  { card: texts }: Messages,
): CardProblem {
  if (misfits.length) return Object.fromEntries(misfits.map(({ place, words }) => [place, texts[words]]));
  if (!problem) return {};
  const { code, field } = problem;
  const wanted = field ?? places[code] ?? (/^sms_code/.test(code) ? 'code' : '');
  const place = shown.find((name) => name === wanted) ?? 'form';
  const left = code === 'sms_code_wrong' && sms?.attemptsLeft ? ` ${fill(texts.left, { n: sms.attemptsLeft })}` : '';
  return { [place]: problemText(problem, language, view, texts.problems) + left };
}

/** How each field of a card groups what is typed; a phone stays as it is. */
/** In fours, as on the card. Digits of any script count; 19 at the most. */
const number: InputMask = {
  read: (text) => digitsOf(text).slice(0, 19),
  show: (digits) => digits.replace(/(\d{4})(?=\d)/g, '$1 '),
};

/**
 * `03/99`. The sign between comes by itself, a month that can only have one digit gets its zero, and a year of four digits is shortened
 * once it is whole.
 */
const expire: InputMask = {
  read(text) {
    const typed = asciiDigits(text).replace(/[^\d/.-]/g, '');
    const digits = digitsOf(/^(?:[2-9]|1(?=[/.-]))/.test(typed) ? `0${typed}` : typed);
    // `03/20` may be the beginning of `03/2099`.
    if (digits.slice(2, 4) !== '20') return digits.slice(0, 4);
    return digits.length < 6 ? digits : (readCardExpiry(digits.slice(0, 6)) ?? digits.slice(0, 4));
  },
  show: (digits) => (digits.length < 2 ? digits : `${digits.slice(0, 2)}/${digits.slice(2)}`),
};

/** In one row, eight digits at the most. Out of a whole SMS it is the first number of its length. */
const code: InputMask = {
  read(text) {
    const plain = asciiDigits(text);
    const [found] = (/\p{L}/u.test(plain) && /\d{4,8}/.exec(plain)) || [plain];
    return digitsOf(found).slice(0, 8);
  },
  show: (digits) => digits,
};

const phone: InputMask = { read: (text) => text, show: (text) => text };

const digitsOf = (text: string): string => asciiDigits(text).replace(/\D/g, '');

export const cardMasks: Record<CardField, InputMask> = { number, expire, code, phone };

/** One click in the room of cards, ready to be sent: a card, a saved one, or the code of an SMS. The desk never sees what was typed. */
/** `resend`: another SMS, and nothing else. */
export async function sendCard(
  context: MethodFormProps,
  { typed, action, saved }: CardFormState,
  resend: boolean,
  ...[client, key, signal]: [client: BffClient, key: string, signal: AbortSignal]
): Promise<Answer> {
  if (!action) return client.post(resend ? 'card/resend' : 'card/code', resend ? {} : { code: typed.code }, key, signal);
  const more = {
    ...(action.askPhone && { phone: typed.phone }),
    ...(context.view.nextAction.kind === 'confirm' && { acknowledge: true }),
  };
  if (saved) return client.post('card/saved', { cardId: saved.id, ...more }, key, signal);
  if (action.direct) {
    const direct = await import('./send-direct.ts').catch(() => null);
    if (!direct) return { ok: false, problem: { code: 'network', ref: '' }, view: context.view };
    return direct.sendDirect({ context: { ...context, action }, typed, resend, more }, client, key, signal);
  }
  const { number, expire, save } = typed;
  return client.post('card', { number, expire, ...(action.canSave && { save }), ...more }, key, signal);
}
