/** All SMS on the customer's phone, newest first: those of the short numbers, and those of Payme. */

import type { SendSms, Transfer } from '#contract';
import { majorUnits } from './money.ts';
import type { CardLedger, CodeLedger } from './qa-api.ts';
import type { Stage } from './stage.ts';

export const allMessages = (codes: CodeLedger | null, cards: CardLedger | null): PhoneMessage[] =>
  // What came back at once is of the same millisecond, and stays above what was sent: the sort is stable.
  [...(codes ? codeMessages(codes) : []), ...(cards ? cardMessages(cards) : [])].sort((one, other) => +other.at - +one.at);

/** What Payme sent to the phone of the customer's card, newest first. */
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

/** What the customer sent to the short numbers, and what came back, newest first; with what each cost once it had arrived. */
export function codeMessages({ sms, charges }: CodeLedger): PhoneMessage[] {
  const unpaid = [...charges];
  /** The first charge for this number that is not another SMS's: each of them costs the same. */
  const feeOf = (to: string, at: string): string => {
    const place = unpaid.findIndex((charge) => charge.number === to && charge.at >= at);
    const [charge] = place < 0 ? [] : unpaid.splice(place, 1);
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
  /** By the clock of the service that sent it, or got it. */
  at: Date;
  way: 'in' | 'out';
  /** Who it is from, or to. */
  peer: string;
  text: string;
  /** What of it is typed into the checkout; null for nothing. */
  code: string | null;
  /** Where the code goes: a click types it into the checkout, but not into a card form, which is another origin's frame. */
  into: 'checkout' | 'card form';
  /** What it cost, in words; absent where it costs nothing, or has not arrived. */
  fee?: string;
}

/** What the checkout on show asks to be sent by SMS; null where it does not, or is another origin's. */
export function smsOf(stage: Stage | null): SendSms | null {
  const action = stage?.desk?.view?.nextAction;
  return action?.kind === 'send_sms' ? action : null;
}

/** Where the checkout on show asks, or has asked, to transfer to; null where it does not, or is another origin's. */
export function transferOf(stage: Stage | null): Transfer | null {
  const view = stage?.desk?.view;
  return view?.nextAction.kind === 'transfer' ? view.nextAction : (view?.attempt?.transfer ?? null);
}
