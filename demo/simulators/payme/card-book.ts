/** The cards and their tokens, what is on them, and the phone their codes are sent to. All synchronous, so atomic. */

import { randomBytes, randomInt } from 'node:crypto';
import { RpcError } from './rpc-error.ts';

/** An SMS on the customer's phone. */
export interface Sms {
  /** ISO 8601, by the simulated clock. */
  at: string;
  /** Masked. */
  to: string;
  text: string;
  /** Masked; null: it is not about a card. */
  card: string | null;
}

/** All that the book holds. */
export interface CardBookState {
  cards: readonly Card[];
  /** Tiyin by card number; the others have what every card has. */
  balances: Readonly<Record<string, number>>;
  sms: readonly Sms[];
}

export interface CardBook {
  add(number: string, expire: string, recurrent: boolean, now: number): Card;
  /** @throws {RpcError} bad_token, token_not_found */
  find(token: string): Card;
  /** The card that a token once led to, removed or not. */
  known(token: unknown): Card | undefined;
  /** Gives it another token; the old ones go on to work. */
  rotate(card: Card, now: number): void;
  cards(): readonly Card[];
  /** What is on the card with this number, tiyin. */
  balance(number: string): number;
  setBalance(number: string, tiyin: number): void;
  send(at: number, to: string, text: string, card?: Card): void;
  sms(): readonly Sms[];
  reset(): void;
  state(): CardBookState;
  /** Takes the place of all that was there. */
  load(state: CardBookState): void;
}

/** @param sent told each SMS as it goes out */
export function createCardBook(sent: (sms: Sms) => void): CardBook {
  let cards: Card[] = [];
  let byToken = new Map<string, Card>();
  let balances = new Map<string, number>();
  let phone: Sms[] = [];
  const give = (card: Card, now: number) => {
    const token = drawToken(now);
    card.tokens.push(token);
    byToken.set(token, card);
  };
  return {
    add(number, expire, recurrent, now) {
      const card: Card = { number, expire, tokens: [], recurrent, verified: false, removed: false, spent: false, code: null };
      give(card, now);
      cards.push(card);
      return card;
    },
    find(token) {
      if (!/^[0-9a-f]{24}_[A-Za-z0-9]+$/.test(token)) throw new RpcError('bad_token');
      const card = byToken.get(token);
      if (!card || card.removed || card.spent) throw new RpcError('token_not_found');
      return card;
    },
    known: (token) => byToken.get(String(token)),
    rotate: give,
    cards: () => cards,
    balance: (number) => balances.get(number) ?? tenMillionSum,
    setBalance: (number, tiyin) => void balances.set(number, tiyin),
    send(at, to, text, card) {
      const message = { at: new Date(at).toISOString(), to, text, card: card ? maskNumber(card.number) : null };
      phone.push(message);
      sent(message);
    },
    sms: () => phone,
    reset() {
      cards = [];
      byToken = new Map();
      balances = new Map();
      phone = [];
    },
    state: () => ({ cards, balances: Object.fromEntries(balances), sms: phone }),
    load(state) {
      cards = state.cards.map((card) => ({ ...card }));
      byToken = new Map(cards.flatMap((card) => card.tokens.map((token) => [token, card])));
      balances = new Map(Object.entries(state.balances));
      phone = [...state.sms];
    },
  };
}

const tenMillionSum = 1_000_000_000;

/** A card as this Payme knows it for one cashbox. The full number stays in here: what leaves is masked. */
export interface Card {
  number: string;
  /** MMYY. */
  expire: string;
  /** All that lead to it, oldest first; the last is the one that is answered. */
  tokens: string[];
  /** Whether it can be paid with more than once: what `save` said. */
  recurrent: boolean;
  verified: boolean;
  /** By `cards.remove`. */
  removed: boolean;
  /** By the one payment it was good for; a payment that comes to nothing gives it back. */
  spent: boolean;
  /** The SMS code that is out, if any. */
  code: { sentAt: number; wrongTries: number } | null;
}

export const maskNumber = (number: string): string => `${number.slice(0, 6)}******${number.slice(-4)}`;

/** The part of a token that may be told: it opens nothing. */
export const tokenId = (token: string): string => token.slice(0, 24);

/** A token as Payme's: an id, `_`, and a long tail that nobody can guess; 415 signs in all. */
const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export const drawToken = (now: number): string =>
  `${drawId(now)}_${Array.from({ length: 390 }, () => signs[randomInt(signs.length)]).join('')}`;

/** Ids as Payme's: 24 hexadecimal digits that begin with the second they were made in and end with a running number. */
let made = 0;

export function drawId(now: number): string {
  made = (made + 1) % 0x1000000;
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0').slice(-digits);
  return hex(Math.floor(now / 1000), 8) + randomBytes(5).toString('hex') + hex(made, 6);
}
