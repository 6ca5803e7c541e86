/**
 * The people who run it, and the shop's own server, decide about payments while customers pay and processes die. Some of them look
 * into the services' ledgers first, and some are wrong, hasty, late, or two at once. What they sent is recorded for the checks.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Agent } from 'undici';
import type { Payment } from '#contract';
import type { Approval, PossibleAct } from '#contract/operate';
import { hashKey } from '../../server/payments/model/access-keys.ts';
import type { RunContext } from './context.ts';
import type { Money } from './ledger.ts';
import { planAct, type WantedAct } from './operator-acts.ts';
import type { Random } from './random.ts';
import { type Answer, requestBff } from './request-bff.ts';

/** Who acts: `merchant:shop` by the API key, the others by the operators' listener. */
export interface Person {
  name: string;
  bearer: string;
  /** Where the acts on payments are. */
  path: '/v1/payments' | '/operate/payments';
}

/** One act, with every answer it got; null: none came. Its note is unlike any other, so its effect is found by it. */
export interface SentAct extends WantedAct {
  paymentId: string;
  by: string;
  note: string;
  /** An older version was sent than the person had seen. */
  stale: boolean;
  answers: { status: number; code: string; approval: boolean }[];
  lost: number;
}

export interface SentConfirmation {
  paymentId: string;
  by: string;
  how: 'confirm' | 'reject';
  approval: Approval;
  status: number;
}

export interface OperatorsRecord {
  acts: SentAct[];
  confirmations: SentConfirmation[];
}

export interface Operators {
  record: OperatorsRecord;
  /** Act until the first phase is over. */
  work(): Promise<void>;
  /** Everybody acts a few times more, while nothing is disturbed. */
  tidyUp(): Promise<void>;
}

interface Seen {
  payment: Payment;
  /** Null where the interface does not tell: for the shop's server. */
  acts: readonly PossibleAct[] | null;
  approvals: readonly Approval[];
}

/** The key of an operator, as they have it. */
export const operatorKey = (name: string): string => `op_${name.padEnd(43, 'x')}`;
const names = ['anna', 'ben'] as const;

/** For the merchants file. */
export const operatorConfigs = names.map((name) => ({
  name,
  keyHash: hashKey(operatorKey(name)),
  role: 'act',
  scopes: ['resolve', 'refund'],
}));

const everybody = (apiKey: string): Person[] => [
  ...names.map((name): Person => ({ name: `operator:${name}`, bearer: operatorKey(name), path: '/operate/payments' })),
  { name: 'merchant:shop', bearer: apiKey, path: '/v1/payments' },
];

export interface OperatorsDeps {
  context: RunContext;
  agent: Agent;
  random: Random;
  /** How many of them act; 0: none. */
  many: number;
  /** What the services' ledgers have now. */
  money(): readonly Money[];
  /** How many times as long they wait between two acts, and how often each acts in the calm phase at a time. */
  slower?: number;
  afterwards?: number;
}

/** Statuses about which there is something to decide. */
const interesting = new Set(['needs_review', 'underpaid', 'processing', 'refunded', 'expired']);
const actsAfterwards = 6;

export function createOperators(deps: OperatorsDeps): Operators {
  const { context, agent, random, many, money, slower = 1, afterwards = actsAfterwards } = deps;
  const record: OperatorsRecord = { acts: [], confirmations: [] };
  const people = everybody(context.apiKey).slice(0, many);
  const dice = new Map(people.map(({ name }) => [name, random.fork(name)]));
  let written = 0;

  const get = (person: Person, path: string): Promise<Answer | null> =>
    requestBff(context, agent, { path, bearer: person.bearer, about: null });

  const choose = async (own: Random): Promise<string | null> => {
    const answer = await requestBff(context, agent, { path: '/v1/payments?limit=100', bearer: context.apiKey, about: null });
    const all: Payment[] = answer?.status === 200 ? answer.body.payments : [];
    const waiting = all.filter(({ status }) => interesting.has(status));
    const from = waiting.length > 0 && own.chance(0.8) ? waiting : all;
    return from.length > 0 ? own.pick(from).id : null;
  };

  const look = async (person: Person, id: string): Promise<Seen | null> => {
    const answer = await get(person, `${person.path}/${id}`);
    if (answer?.status !== 200) return null;
    const { body } = answer;
    return person.path === '/v1/payments'
      ? { payment: body, acts: null, approvals: [] }
      : { payment: body.payment, acts: body.acts, approvals: body.approvals };
  };

  const send = async (person: Person, sent: SentAct, key: string): Promise<void> => {
    const answer = await requestBff(context, agent, {
      method: 'POST',
      path: `${person.path}/${sent.paymentId}/${sent.route}`,
      bearer: person.bearer,
      body: sent.body,
      key,
      about: sent.paymentId,
    });
    const approval = answer?.status === 202;
    const code = answer?.body.code ?? '';
    if (answer) sent.answers.push({ status: answer.status, code, approval });
    else sent.lost += 1;
    const after = answer?.body.payment?.status ?? answer?.body.status;
    const told = answer ? `${answer.status} ${approval ? 'a second person has to confirm' : code || after}` : 'nobody answers';
    context.story.add(sent.paymentId, `${person.name}: ${sent.words}${sent.stale ? ', of an older version' : ''} → ${told}`);
  };

  /** A lost answer is asked for again by the same key. */
  const insist = async (person: Person, sent: SentAct, key: string, own: Random): Promise<void> => {
    await send(person, sent, key);
    for (let again = 0; again < 4; again += 1) {
      const last = sent.answers.at(-1);
      const open = sent.answers.length === 0 || last?.code === 'idempotency_conflict' || (last?.status ?? 0) >= 500;
      if (!open || !own.chance(0.85)) return;
      await pause(own.between(50, again === 3 ? 4_000 : 400));
      await send(person, sent, key);
    }
  };

  const decideApproval = async (person: Person, { payment, approvals }: Seen, own: Random): Promise<void> => {
    const waiting = approvals.filter(({ status }) => status === 'pending');
    if (waiting.length === 0) return;
    const approval = own.pick(waiting);
    const how = own.chance(0.8) ? 'confirm' : 'reject';
    const answer = await requestBff(context, agent, {
      method: 'POST',
      path: `/operate/approvals/${approval.id}/${how}`,
      bearer: person.bearer,
      body: { note: 'I have looked at it, too' },
      key: `${how}-${approval.id}-${own.between(1, 2)}`,
      about: payment.id,
    });
    if (answer) record.confirmations.push({ paymentId: payment.id, by: person.name, how, approval, status: answer.status });
    const told = answer ? `${answer.status} ${answer.body.code ?? answer.body.payment?.status}` : 'nobody answers';
    context.story.add(payment.id, `${person.name}: ${how}s to ${approval.act}, as ${approval.requestedBy} requests → ${told}`);
  };

  const act = async (person: Person): Promise<void> => {
    const own = dice.get(person.name) ?? random;
    const id = await choose(own);
    const seen = id === null ? null : await look(person, id);
    if (!seen) return;
    if (seen.approvals.length > 0 && own.chance(0.6)) return decideApproval(person, seen, own);
    if (person.path === '/operate/payments' && own.chance(0.08)) return recheck(person, seen.payment.id);
    written += 1;
    const note = `act ${written}`;
    const stale = seen.payment.version > 1 && own.chance(0.08);
    const version = seen.payment.version - (stale ? 1 : 0);
    const wanted = planAct({ random: own, ...seen, version, note, money: money(), other: await choose(own) });
    if (!wanted) return;
    const sent: SentAct = { ...wanted, paymentId: seen.payment.id, by: person.name, note, stale, answers: [], lost: 0 };
    record.acts.push(sent);
    // Thinks about it, while the payment goes on.
    if (own.chance(0.3)) await pause(own.between(20, 500));
    const clicks = own.chance(0.15) ? 2 : 1;
    const key = `${person.name} ${note}`;
    await Promise.all(Array.from({ length: clicks }, () => insist(person, sent, key, own)));
  };

  const recheck = async (person: Person, id: string): Promise<void> => {
    const path = `/operate/payments/${id}/recheck`;
    const answer = await requestBff(context, agent, { method: 'POST', path, bearer: person.bearer, body: {}, about: id });
    context.story.add(id, `${person.name}: has the payment service asked → ${answer?.status ?? 'nobody answers'}`);
  };

  return {
    record,
    async work() {
      await Promise.all(
        people.map(async (person) => {
          const own = dice.get(person.name) ?? random;
          await pause(own.between(200, 1_500));
          while (!context.over()) {
            await act(person);
            await pause(own.between(40, 500) * slower);
          }
        }),
      );
    },
    async tidyUp() {
      await Promise.all(
        people.map(async (person) => {
          for (let nth = 0; nth < afterwards; nth += 1) await act(person);
        }),
      );
    },
  };
}
