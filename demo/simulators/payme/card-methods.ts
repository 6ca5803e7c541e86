/** The five methods of cards. `cards.create` makes a token of a card, and `cards.verify` makes the token valid for payments. */
import * as z from 'zod';
import { cardSystem, passesLuhn } from '#contract';
import type { Card } from './card-book.ts';
import { maskNumber } from './card-book.ts';
import type { Environment } from './environment.ts';
import { RpcError } from './rpc-error.ts';
import { failCard } from './settings.ts';
import { testCardExpiry, testCards } from './test-cards.ts';

const Create = z.object({
  card: z.object({ number: z.string(), expire: z.string() }),
  save: z.boolean().nullish(),
  // Accepted and not used, as far as we know.
  amount: z.number().nullish(),
  account: z.record(z.string(), z.unknown()).nullish(),
  customer: z.union([z.string(), z.number()]).nullish(),
});
const ByToken = z.object({ token: z.string() });
const Verify = ByToken.extend({ code: z.union([z.string(), z.number()]) });

export const cardMethods = {
  'cards.create': {
    params: Create,
    run({ cards, settings, now }: Environment, { card: { number, expire }, save }: z.infer<typeof Create>) {
      const mmyy = expire.replace('/', '');
      checkCard(number, mmyy, now);
      failCard(number, 'cards.create', settings);
      return { card: wireCard(cards.add(number, mmyy, save ?? true, now)) };
    },
  },
  'cards.get_verify_code': {
    params: ByToken,
    run({ cards, settings, now }: Environment, { token }: z.infer<typeof ByToken>) {
      const card = cards.find(token);
      failCard(card.number, 'cards.get_verify_code', settings);
      card.code = { sentAt: now, wrongTries: 0 };
      cards.send(now, phone, `Payme: код подтверждения ${smsCode}. Никому его не сообщайте.`, card);
      return { sent: true, phone, wait: settings.waitMs };
    },
  },
  'cards.verify': {
    params: Verify,
    run({ cards, settings, now }: Environment, { token, code }: z.infer<typeof Verify>) {
      const card = cards.find(token);
      failCard(card.number, 'cards.verify', settings);
      checkCode(card, String(code), now - settings.waitMs);
      card.code = null;
      card.verified = true;
      if (settings.rotateToken) cards.rotate(card, now);
      return { card: wireCard(card) };
    },
  },
  'cards.check': {
    params: ByToken,
    run({ cards, settings }: Environment, { token }: z.infer<typeof ByToken>) {
      const card = cards.find(token);
      failCard(card.number, 'cards.check', settings);
      return { card: wireCard(card) };
    },
  },
  'cards.remove': {
    params: ByToken,
    run({ cards, settings }: Environment, { token }: z.infer<typeof ByToken>) {
      const card = cards.find(token);
      failCard(card.number, 'cards.remove', settings);
      card.removed = true;
      return { success: true };
    },
  },
};

/** The same code for every card, as in the sandbox. */
const smsCode = '666666';
const phone = '99890*****66';

function checkCard(number: string, mmyy: string, now: number): void {
  const [month, year] = [Number(mmyy.slice(0, 2)), Number(mmyy.slice(2))];
  if (!/^(0[1-9]|1[0-2])\d\d$/.test(mmyy)) throw new RpcError('bad_card');
  if (testCards.some((card) => card.number === number)) {
    if (mmyy !== testCardExpiry) throw new RpcError('bad_card');
    return;
  }
  if (!/^\d{16}$/.test(number) || !passesLuhn(number) || !cardSystem(number)) throw new RpcError('bad_card');
  if (Date.UTC(2000 + year, month) <= now) throw new RpcError('card_unusable');
}

function checkCode(card: Card, code: string, sentAfter: number): void {
  if (!card.code || card.code.sentAt <= sentAfter) throw new RpcError('code_expired');
  if (card.code.wrongTries < 3 && code === smsCode) return;
  card.code.wrongTries += 1;
  throw new RpcError(card.code.wrongTries < 3 ? 'code_wrong' : 'code_tries_exceeded');
}

const wireCard = ({ number, expire, tokens, recurrent, verified }: Card) => ({
  number: maskNumber(number),
  expire: `${expire.slice(0, 2)}/${expire.slice(2)}`,
  token: tokens.at(-1),
  recurrent,
  verify: verified,
  type: '22618',
});
