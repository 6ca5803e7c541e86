/** A customer confirms a code: look it up, write down that it will be used, use it, write down what came of it. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Outcome } from '../../payments/outcome.ts';
import type { Payments } from '../../payments/payments.ts';
import type { Store } from '../../payments/ports.ts';
import { ProblemError } from '../../payments/problem-error.ts';
import type { AttemptRecord, PaymentRecord } from '../../payments/records.ts';
import { type Asked, askedOf } from './asked.ts';
import { type Candidate, candidates } from './candidates.ts';
import { clientOf } from './client-of.ts';
import { codeTail } from './code-tail.ts';
import { evidenceOf } from './evidence-of.ts';
import { guessGuard } from './guess-guard.ts';
import { countGuess } from './guess-limits.ts';
import { isWrongGuess } from './is-wrong-guess.ts';
import { type Found, lookUp } from './look-up.ts';
import type { PayCodeAccount, PayCodeParts } from './pay-code-parts.ts';
import { rulesFor } from './rules-for.ts';
import { sealCode } from './sealed-code.ts';
import { spend } from './spend.ts';
import { useCodeIntent } from './use-code-intent.ts';

export interface SubmitParts extends PayCodeParts {
  payments: Payments;
  store: Pick<Store, 'countTry' | 'giveBackTry'>;
  /** The attempts of a payment, oldest first. */
  attempts(paymentId: string): Promise<AttemptRecord[]>;
}

/**
 * Resolves when the outcome is written down: the payment's view says which. Throws a ProblemError for what changes nothing:
 * `code_format`, `method_unavailable`, `too_many_attempts`, `payment_processing`, `payment_expired`.
 */
export async function submitPayCode(
  parts: SubmitParts,
  payment: PaymentRecord,
  typed: string,
  { ip, acknowledge = false, acceptExcess = false }: { ip: string; acknowledge?: boolean; acceptExcess?: boolean },
): Promise<void> {
  const account = parts.account(payment.merchantId);
  const rules = rulesFor(account?.settings, payment.currency);
  if (!account || rules.length === 0) throw new ProblemError('method_unavailable');
  const tried = candidates(typed, rules);
  const [first] = tried;
  if (!first) throw new ProblemError('code_format', { field: 'code' });
  const started = performance.now();
  const counted = await countGuess(parts, account, payment.merchantId, ip);
  const attempt = await parts.payments
    .begin(payment.id, {
      method: 'pay_code',
      tail: codeTail(first.code),
      acknowledge,
      seal: (attemptId) => sealCode(parts.sealer, attemptId, typed),
      guard: guessGuard,
    })
    .catch(async (cause: unknown) => {
      await counted.giveBack();
      throw cause;
    });
  try {
    const { outcome, calls } = await pay(
      parts,
      account,
      payment,
      attempt,
      tried,
      askedOf(payment, account.settings, acceptExcess),
    );
    if (outcome.kind === 'refused' && isWrongGuess(outcome.refusal.code)) {
      await pause(Math.max(0, started + account.settings.limits.floorMs - performance.now()));
    } else await counted.giveBack();
    await parts.payments.conclude(payment.id, attempt.id, outcome, calls);
  } catch (cause) {
    // Our own bug, or a store that fails: what was sent is not known here, so the reconciler finds out.
    await parts.payments.conclude(payment.id, attempt.id, { kind: 'unknown' }, 0).catch(() => undefined);
    throw cause;
  }
}

async function pay(
  parts: SubmitParts,
  account: PayCodeAccount,
  payment: PaymentRecord,
  attempt: AttemptRecord,
  tried: Candidate[],
  asked: Asked,
): Promise<{ outcome: Outcome; calls: 0 | 1 }> {
  const looked = await lookUp(parts, account, tried, asked);
  const ours = looked.kind === 'unusable' ? await usedByUs(parts, account, payment, looked.found, asked) : null;
  if (looked.kind !== 'usable') return { outcome: ours ?? { kind: 'refused', refusal: looked.refusal }, calls: 0 };
  try {
    await parts.payments.commitIntent(payment.id, attempt.id, useCodeIntent(attempt.id, looked.found.rule, asked));
  } catch (cause) {
    if (cause instanceof ProblemError) return { outcome: { kind: 'refused', refusal: { code: cause.code } }, calls: 0 };
    throw cause;
  }
  return { outcome: await spend(parts, account, looked.found, attempt.id, asked), calls: 1 };
}

/** A code that an earlier attempt of this very payment has used has paid it: it must not be called used by another. */
async function usedByUs(
  parts: SubmitParts,
  account: PayCodeAccount,
  payment: PaymentRecord,
  found: Found,
  asked: Asked,
): Promise<Outcome | null> {
  const client = found.answer.kind === 'found' && found.answer.code.useTime ? found.answer.code.client : null;
  if (client === null || !account.settings.clientRecovery) return null;
  const mine = (await parts.attempts(payment.id)).some(({ id }) => clientOf(id) === client);
  return mine ? evidenceOf(found.answer, found.rule, account.settings, client, asked) : null;
}
