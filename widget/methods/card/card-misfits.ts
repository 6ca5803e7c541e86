/** What cannot be sent as it stands, from the top of the form. The server looks again. */
import { type ProblemCode, readCardExpiry, readCardNumber, readPayerPhone, readSmsCode } from '#contract';
import type { CardMessages } from '../../messages/card/card-messages.ts';
import type { CardPlace } from './card-place.ts';
import type { CardStep } from './card-state.ts';

export interface Misfit {
  place: CardPlace;
  code: ProblemCode;
  words: Exclude<keyof CardMessages, 'problems'>;
}

const codes: Record<CardPlace, ProblemCode> = {
  number: 'card_number',
  expire: 'card_expire',
  phone: 'phone_format',
  code: 'sms_code_format',
};

const checks: Record<CardPlace, (typed: string) => Misfit['words'] | null> = {
  number: (typed) => (typed ? (readCardNumber(typed) ? null : 'numberShort') : 'numberEmpty'),
  expire: (typed) => (readCardExpiry(typed) ? null : 'expireWrong'),
  phone: (typed) => (readPayerPhone(typed) ? null : 'phoneWrong'),
  code: (typed) => (typed ? (readSmsCode(typed) ? null : 'codeFormat') : 'codeEmpty'),
};

export const cardMisfits = ({ shown, typed }: CardStep): Misfit[] =>
  shown.flatMap((place) => {
    const words = checks[place](typed[place]);
    return words ? [{ place, code: codes[place], words }] : [];
  });
