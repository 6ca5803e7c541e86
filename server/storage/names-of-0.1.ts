/**
 * The names that version 0.1.0 stored, as today's. The migration to 0.2.0 uses them for the tables, and the start after the
 * upgrade for answers that 0.1.0 left in files: an answer of a payment service must not be lost because a name has changed.
 */

type Json = Record<string, unknown>;

/** Statuses of an attempt. */
export const attemptStatuses: Readonly<Record<string, string>> = {
  live: 'awaiting_customer',
  watched: 'unconfirmed',
  refused: 'declined',
  review: 'needs_review',
};

const problemCodes: Readonly<Record<string, string>> = {
  number_taken: 'transaction_number_used',
  card_expire: 'card_expiry',
  card_sms_off: 'card_sms_disabled',
};

/** Kinds of an outcome, of attempts, refunds and discounts. No kind of today has a name of then, so renaming twice changes nothing. */
const outcomeKinds: Readonly<Record<string, string>> = {
  refused: 'declined',
  asked: 'correction_requested',
  next: 'action_required',
  left: 'abandoned',
  discount: 'discount_reserved',
  review: 'needs_review',
  held: 'reserved',
  burned: 'redeemed',
};

export const newName = (names: Readonly<Record<string, string>>, old: unknown): unknown => names[String(old)] ?? old;

export const renameProblem = (problem: Json): Json => ({ ...problem, code: newName(problemCodes, problem.code) });

/**
 * Stored are only `send_sms`, `transfer` and `enter_card_code`, and of these only `send_sms` has a member of another name. The
 * other actions are computed for each answer and never stored, so the renamed members of `enter_code` and `confirm` are not here.
 */
export function renameAction({ then, ...action }: Json): Json {
  return then === undefined ? action : { ...action, continuation: then };
}

/** `declined`: the problem code with which a charge was declined. */
export const renameNotes = (notes: Json): Json =>
  notes.declined === undefined ? notes : { ...notes, declined: newName(problemCodes, notes.declined) };

/** A `PendingAnswer`, as JSON; one of today stays as it is. */
export function renameAnswer(json: string): string {
  const answer = JSON.parse(json) as { outcome: Json };
  const { kind, refusal, watched, watchInMs, action, problem, ...rest } = answer.outcome;
  const outcome = {
    kind: newName(outcomeKinds, kind),
    ...rest,
    ...(refusal !== undefined && { decline: refusal && renameProblem(refusal as Json) }),
    ...(watched !== undefined && { unconfirmed: watched }),
    ...(watchInMs !== undefined && { pollInMs: watchInMs }),
    ...(action !== undefined && { action: renameAction(action as Json) }),
    ...(problem !== undefined && { problem: problem && renameProblem(problem as Json) }),
  };
  return JSON.stringify({ ...answer, outcome });
}
