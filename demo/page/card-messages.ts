/** What Payme sent to the phone of the customer's card, newest first. */
import type { CardLedger } from './card-ledger.ts';
import type { PhoneMessage } from './phone-message.ts';

export const cardMessages = ({ sms }: CardLedger): PhoneMessage[] =>
  sms
    .map(({ at, text, card }): PhoneMessage => {
      const peer = card ? `Payme · card ····${card.slice(-4)}` : 'Payme';
      return {
        at: new Date(at),
        way: 'in',
        peer,
        text,
        code: card && (/\b\d{4,8}\b/.exec(text)?.[0] ?? null),
        into: 'card form',
      };
    })
    .reverse();
