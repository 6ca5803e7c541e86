/** The SMS on the customer's phone, newest first: those of the short numbers and those of Payme. */

import type { SendSms, Transfer } from '#contract';
import { majorUnits } from './money.ts';
import type { CardLedger, CodeLedger } from './simulator-api.ts';
import type { Stage } from './stage.ts';

export const allMessages = (codes: CodeLedger | null, cards: CardLedger | null): PhoneMessage[] =>
  // An immediate reply has the same millisecond and stays above what was sent, because the sort is stable.
  [...(codes ? codeMessages(codes) : []), ...(cards ? cardMessages(cards) : [])].sort((one, other) => +other.at - +one.at);

/** The SMS of Payme to the phone of the customer's card, newest first. */
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

/** The SMS to and from the short numbers, newest first, with the price of each that has arrived. */
export function codeMessages({ sms, charges }: CodeLedger): PhoneMessage[] {
  const unpaid = [...charges];
  /** Takes the first charge for this number that no other SMS has taken; all of them cost the same. */
  const feeOf = (to: string, at: string): string => {
    const index = unpaid.findIndex((charge) => charge.number === to && charge.at >= at);
    const [charge] = index < 0 ? [] : unpaid.splice(index, 1);
    return charge ? `cost ${majorUnits(charge.price, charge.currency)} ${charge.currency}` : '';
  };
  return sms
    .map(({ at, from, to, text, direction }): PhoneMessage => {
      const out = direction === 'mo';
      const fee = out ? feeOf(to, at) : '';
      return {
        at: new Date(at),
        way: out ? 'out' : 'in',
        peer: out ? `To ${to}` : from,
        text,
        code: out ? null : (/: ([A-Z0-9]{4,})$/.exec(text)?.[1] ?? null),
        into: 'checkout',
        ...(fee && { fee }),
      };
    })
    .reverse();
}

/** An SMS on the customer's phone, whoever sent it. */
export interface PhoneMessage {
  /** By the clock of the service that sent or received it. */
  at: Date;
  way: 'in' | 'out';
  /** Sender or receiver. */
  peer: string;
  text: string;
  /** The code in it; null for none. */
  code: string | null;
  /**
   * Where the code belongs. A click types it into the checkout, but cannot type into the card form, which is another origin's
   * frame.
   */
  into: 'checkout' | 'card form';
  /** Its price, in words; absent where it is free or has not arrived. */
  fee?: string;
}

/** The SMS that the checkout requests; null where it requests none or is another origin's. */
export function smsOf(stage: Stage | null): SendSms | null {
  const action = stage?.checkout?.view?.nextAction;
  return action?.kind === 'send_sms' ? action : null;
}

/** The transfer that the checkout requests or has requested; null where there is none or it is another origin's. */
export function transferOf(stage: Stage | null): Transfer | null {
  const view = stage?.checkout?.view;
  return view?.nextAction.kind === 'transfer' ? view.nextAction : (view?.attempt?.transfer ?? null);
}
