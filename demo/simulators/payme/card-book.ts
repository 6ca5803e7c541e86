/** The cards with their tokens and balances, and the phone that gets their SMS. All methods are synchronous, and so atomic. */

import { randomBytes, randomInt } from 'node:crypto';
import { RpcError } from './rpc-error.ts';

/** An SMS on the customer's phone. */
export interface Sms {
  /** ISO 8601, by the simulated clock. */
  at: string;
  /** Masked. */
  to: string;
  text: string;
  /** Masked; null where it is not about a card. */
  card: string | null;
}

/** The whole state of the book. */
export interface CardBookState {
  cards: readonly Card[];
  /** Tiyin by card number; cards without an entry have the default. */
  balances: Readonly<Record<string, number>>;
  sms: readonly Sms[];
}

export interface CardBook {
  add(number: string, expire: string, recurrent: boolean, now: number): Card;
  /** @throws {RpcError} bad_token, token_not_found */
  find(token: string): Card;
  /** The card of a token, also where the token was removed. */
  known(token: unknown): Card | undefined;
  /** Gives the card another token; the old ones stay valid. */
  rotate(card: Card, now: number): void;
  cards(): readonly Card[];
  /** The balance of the card with this number, tiyin. */
  balance(number: string): number;
  setBalance(number: string, tiyin: number): void;
  send(at: number, to: string, text: string, card?: Card): void;
  sms(): readonly Sms[];
  reset(): void;
  state(): CardBookState;
  /** Replaces the whole state. */
  load(state: CardBookState): void;
}

/** @param sent Is called with each SMS that is sent. */
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

/** A card of one cashbox. The full number stays in here; answers and ledger have it masked. */
export interface Card {
  number: string;
  /** MMYY. */
  expire: string;
  /** Its tokens, oldest first; answers hold the last one. */
  tokens: string[];
  /** Whether it can pay more than once, by the parameter `save`. */
  recurrent: boolean;
  verified: boolean;
  /** By `cards.remove`. */
  removed: boolean;
  /** A one-time card that has paid; a payment that fails resets it. */
  spent: boolean;
  /** The SMS code that was sent; null where none is valid. */
  code: { sentAt: number; wrongTries: number } | null;
}

export const maskNumber = (number: string): string => `${number.slice(0, 6)}******${number.slice(-4)}`;

/** The part of a token that the ledger may show: nobody can pay with it. */
export const tokenId = (token: string): string => token.slice(0, 24);

const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A random token in Payme's form: an id, `_`, and a long random part; 415 characters. */
export const drawToken = (now: number): string =>
  `${drawId(now)}_${Array.from({ length: 390 }, () => signs[randomInt(signs.length)]).join('')}`;

let made = 0;

/** An id in Payme's form: 24 hexadecimal digits, first the second of its creation, last a running number. */
export function drawId(now: number): string {
  made = (made + 1) % 0x1000000;
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0').slice(-digits);
  return hex(Math.floor(now / 1000), 8) + randomBytes(5).toString('hex') + hex(made, 6);
}
