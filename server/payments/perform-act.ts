/**
 * Does what a person has decided: really, with something more in the same transaction, or only as a rehearsal that shows whether it can
 * be done.
 */
import type { AcceptPayment, DisposeEvidence, RefundPayment, ReopenPayment, ResolvePayment } from '#contract/operate';
import type { UnitOfWork } from './attempts/update-payment.ts';
import { type DecisionDeps, findDecidable, resolvePayment } from './decisions.ts';
import { disposeEvidence } from './dispose.ts';
import type { Actor } from './model/operator-records.ts';
import type { Merchant } from './model/ports.ts';
import type { Queries } from './model/store.ts';
import { type RefundRequest, recordRefundByHand } from './refunds.ts';
import { acceptPayment, reopenPayment } from './review.ts';

export interface ActDeps extends DecisionDeps {
  merchant(id: string): Merchant;
  payments: {
    refund(paymentId: string, request: RefundRequest, unit: UnitOfWork): Promise<void>;
    recheck(paymentId: string): Promise<void>;
  };
}

/** What was sent, by the name of the act. */
export interface Bodies {
  resolve: ResolvePayment;
  accept: AcceptPayment;
  reopen: ReopenPayment;
  refund: NonNullable<RefundPayment>;
  dispose: DisposeEvidence;
}

/** Who wants what. `once`: as in `Acts.refund`. */
export interface Wanted<Act extends keyof Bodies> {
  paymentId: string;
  body: Bodies[Act];
  by: Actor;
  once: string | null;
}

export function perform<Act extends keyof Bodies>(
  deps: ActDeps,
  act: Act,
  { paymentId, body, by, once }: Wanted<Act>,
): Promise<void> {
  const run: { [Name in keyof Bodies]: (wanted: Bodies[Name]) => Promise<void> } = {
    resolve: (wanted) => resolvePayment(deps, paymentId, wanted, by),
    accept: (wanted) => acceptPayment(deps, paymentId, wanted, by),
    reopen: (wanted) => reopenPayment(deps, paymentId, wanted, by),
    dispose: (wanted) => disposeEvidence(deps, paymentId, wanted, by),
    refund: ({ byHand, note = '', version: seen = null }) =>
      byHand
        ? recordRefundByHand(deps, paymentId, { byHand, seen, once }, by)
        : deps.payments.refund(paymentId, { by, note, seen }, deps),
  };
  return run[act](body);
}

type Step = (tx: Queries) => Promise<void>;

/** The same, but the transaction of an act begins with `first` and ends with `last`. If one of them throws, the act is undone. */
export const together = (deps: ActDeps, { first, last }: { first?: Step; last: Step }): ActDeps => ({
  ...deps,
  store: {
    ...deps.store,
    transaction: (work, options) =>
      deps.store.transaction(async (tx) => {
        await first?.(tx);
        const result = await work(tx);
        await last(tx);
        return result;
      }, options),
  },
});

/** Throws what the act would throw now, and changes nothing: what cannot be done is refused at once, and not to the second person. */
export async function rehearse<Act extends keyof Bodies>(deps: ActDeps, act: Act, wanted: Wanted<Act>): Promise<void> {
  // Its own transaction comes after the payment service was asked, and that waits for the second person.
  if ('outcome' in wanted.body) return void (await findDecidable(deps, wanted.paymentId, wanted.body));
  const undone = new Error('rehearsed');
  const trial = together(deps, { last: () => Promise.reject(undone) });
  await perform(trial, act, wanted).catch((cause: unknown) => {
    if (cause !== undone) throw cause;
  });
}
