/** What a person sends about a payment: what its page offers, what the ledgers say, or something wrong. */
import type { Payment } from '#contract';
import type { PossibleAct, ResolvePayment } from '#contract/operate';
import type { Money } from './ledger.ts';
import type { Random } from './random.ts';

export interface WantedAct {
  route: 'resolve' | 'accept' | 'reopen' | 'dispose' | 'refund';
  body: object;
  /** For the story. */
  words: string;
  /** Which attempt, uncounted money or other payment it is about, and how much. */
  attemptId?: string;
  outcome?: ResolvePayment['outcome'];
  upstreamId?: string;
  toPaymentId?: string;
  byHand?: number;
}

export interface PlanActDeps {
  random: Random;
  payment: Payment;
  /** What the operators' interface says is possible; null where it does not tell. */
  acts: readonly PossibleAct[] | null;
  /** The version that is sent. */
  version: number;
  note: string;
  /** What the services' ledgers have. */
  money: readonly Money[];
  /** Another payment, where money may be moved to. */
  other: string | null;
}

/** Null where there is nothing to act on. */
export function planAct(deps: PlanActDeps): WantedAct | null {
  const { random, acts } = deps;
  // Most people do what is offered.
  const offered = acts?.filter(({ act }) => act !== 'recheck') ?? [];
  if (offered.length > 0 && random.chance(0.8)) return offeredAct(deps, random.pick(offered));
  return anyAct(deps);
}

function offeredAct(deps: PlanActDeps, { act, attemptId = '', amount = 0, upstreamId = '' }: PossibleAct): WantedAct {
  switch (act) {
    case 'resolve_paid':
    case 'resolve_not_paid':
    case 'resolve_returned':
      return resolve(deps, attemptId, act.slice('resolve_'.length) as ResolvePayment['outcome'], amount);
    case 'dispose':
      return dispose(deps, upstreamId);
    case 'refund_by_hand':
      return byHand(deps, amount);
    case 'accept':
    case 'reopen':
    case 'refund':
      return simple(deps, act);
    default:
      throw new Error(`the plan knows no act ${act}`);
  }
}

function anyAct(deps: PlanActDeps): WantedAct | null {
  const { random, payment } = deps;
  const kind = random.weighted({ resolve: 6, accept: 1.5, reopen: 2, dispose: 3, byHand: 2, refund: 0.7 });
  const { attempts, evidence } = payment;
  switch (kind) {
    case 'resolve': {
      if (attempts.length === 0) return null;
      const outcome = random.pick(['paid', 'not_paid', 'returned'] as const);
      return resolve(deps, random.pick(attempts).id, outcome, payment.due);
    }
    case 'dispose':
      return evidence.length === 0 ? null : dispose(deps, random.pick(evidence).upstreamId);
    case 'byHand':
      return byHand(deps, Math.max(1, payment.amountPaid));
    default:
      return simple(deps, kind);
  }
}

/** Whoever looks into the ledger first says what it has. */
function resolve(deps: PlanActDeps, attemptId: string, wanted: ResolvePayment['outcome'], offered: number): WantedAct {
  const { random, payment, money, note, version } = deps;
  const real = money.find((one) => one.attempt === attemptId);
  const looks = random.chance(0.5);
  const truth = real ? (real.refundedAt === null ? 'paid' : 'returned') : 'not_paid';
  const outcome = looks ? truth : wanted;
  const most = looks ? (real?.amount ?? offered) : Math.round(offered * random.pick([1, 1, 1, 0.5, 2]));
  const amount = outcome === 'not_paid' ? 0 : Math.max(1, most);
  const body: ResolvePayment = { outcome, attemptId, amount, currency: payment.currency, note, version };
  return { route: 'resolve', body, words: `${note}: ${attemptId} was ${outcome}, ${amount}`, attemptId, outcome };
}

function dispose({ random, note, version, other, payment }: PlanActDeps, upstreamId: string): WantedAct {
  const disposition = random.weighted({ counted: 4, moved: 3, returned: 1.5, void: 1.5 });
  const to = disposition === 'moved' && other !== null && other !== payment.id ? other : undefined;
  const body = { upstreamId, disposition, note, version, ...(to && { toPaymentId: to }) };
  const words = `${note}: the money ${upstreamId} is ${disposition}${to ? ` to ${to}` : ''}`;
  return { route: 'dispose', body, words, upstreamId, ...(to && { toPaymentId: to }) };
}

function byHand({ random, note, version, payment: { currency } }: PlanActDeps, offered: number): WantedAct {
  const amount = Math.max(1, Math.round(offered * random.pick([1, 1, 0.5, 0.3, 2])));
  // The version is optional here, so the Idempotency-Key alone has to keep it from being recorded twice.
  const body = { byHand: { amount, currency, note }, ...(random.chance(0.5) && { version }) };
  return { route: 'refund', body, words: `${note}: ${amount} was returned by hand`, byHand: amount };
}

function simple({ note, version }: PlanActDeps, act: 'accept' | 'reopen' | 'refund'): WantedAct {
  const words = { accept: 'accepts what has come', reopen: 'reopens it', refund: 'has all of it returned' }[act];
  return { route: act, body: { note, version }, words: `${note}: ${words}` };
}
