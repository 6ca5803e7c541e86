/** Everything that happened to a payment, oldest first, as one list of sentences with facts. Nothing in it is secret. */
import type { TimelineEntry } from '#contract/operate';
import type {
  ApprovalRecord,
  AuditRecord,
  DecisionRecord,
  FlagRecord,
  PostbackItemRecord,
  RefundRecord,
} from '../payments/model/operator-records.ts';
import type { EvidenceRecord, IntentRecord, OutboxRecord } from '../payments/model/records.ts';
import { isoTime } from '../payments/model/time.ts';
import { type DeliveryRecord, mainEndpoint } from '../payments/model/webhook-queries.ts';
import { auditTitle } from './sentences.ts';
import { actorText, amountText, sentence, serviceText } from './words.ts';

export interface History {
  audit: readonly AuditRecord[];
  intents: readonly IntentRecord[];
  evidence: readonly EvidenceRecord[];
  decisions: readonly DecisionRecord[];
  refunds: readonly RefundRecord[];
  webhooks: readonly OutboxRecord[];
  deliveries: readonly DeliveryRecord[];
  postbacks: readonly PostbackItemRecord[];
  flags: readonly FlagRecord[];
  approvals: readonly ApprovalRecord[];
}

/** An entry with the moment that it is sorted by. */
type Timed = Omit<TimelineEntry, 'at'> & { at: number };

export function timeline(history: History): TimelineEntry[] {
  /** Calls, approvals and flags have rows, which say the same as their events, and also what became of them. */
  const rows = new Set([...history.intents, ...history.approvals, ...history.flags].map(({ id }) => id));
  const hasRow = ({ data: { intentId, approvalId, flagId } }: AuditRecord) => rows.has(String(intentId ?? approvalId ?? flagId));
  const entries: Timed[] = [
    ...history.audit.filter((event) => !hasRow(event)).map(ofAudit),
    ...history.intents.map(ofIntent),
    ...history.evidence.map(ofEvidence),
    ...history.decisions.map(ofDecision),
    ...history.refunds.map(ofRefund),
    ...history.postbacks.map(ofPostback),
    ...history.flags.flatMap(ofFlag),
    ...history.approvals.flatMap(ofApproval),
    ...history.deliveries.map((delivery) => ofDelivery(delivery, history.webhooks)),
    // After its tries, because some have the same time.
    ...history.webhooks.map((webhook) => ofWebhook(webhook, history.deliveries)),
  ];
  return entries.sort((one, other) => one.at - other.at).map(({ at, ...entry }) => ({ at: isoTime(at), ...entry }));
}

function ofAudit({ at, type, data }: AuditRecord): Timed {
  const facts = flat(data);
  return { at, ...auditTitle(type, facts), data: { audit: type, ...facts } };
}

/** Values that are no text, number or truth value are left out, and long texts are cut. */
function flat(data: Record<string, unknown>): TimelineEntry['data'] {
  const facts: TimelineEntry['data'] = {};
  for (const [name, value] of Object.entries(data)) {
    if (name === 'upstream') facts[name] = serviceText(String(value));
    else if (typeof value === 'string') facts[name] = value.slice(0, 500);
    else if (value === null || typeof value === 'number' || typeof value === 'boolean') facts[name] = value;
  }
  return facts;
}

const callStatus = {
  intended: 'its answer has not come yet',
  unknown: 'what became of it is not known yet',
  closed: 'it is settled',
} as const;

const ofIntent = ({ id, attemptId, operation, upstream, naturalKey, status, createdAt, endedAt }: IntentRecord): Timed => ({
  at: createdAt,
  kind: 'call',
  title: `We called ${operation} of ${serviceText(upstream)}; ${callStatus[status]}.`,
  data: { intentId: id, attemptId, operation, upstream: serviceText(upstream), ourId: naturalKey, status, endedAt: iso(endedAt) },
});

const dispositions = {
  counted: 'a person decided that it pays this payment',
  void: 'a person decided that there never was such money',
  moved: 'a person moved it to another payment',
  returned: 'a person noted that it was given back',
} as const;

/** By whom money was reported. */
const reporters = { shop: 'the shop', operator: 'an operator', service: 'the payment service' } as const;

function ofEvidence(evidence: EvidenceRecord): Timed {
  const { takenAt, amount, currency, counted, disposition, upstreamId, upstream, attemptId, dispositionPaymentId, reportedBy } =
    evidence;
  const undecided = 'it counts only after a person has decided';
  const counts = counted ? 'it counts' : disposition ? dispositions[disposition] : undecided;
  return {
    at: takenAt,
    kind: 'evidence',
    title: `Money, reported by ${reporters[reportedBy ?? 'service']}: ${amountText(amount, currency)}; ${counts}.`,
    data: {
      upstream: serviceText(upstream),
      upstreamId,
      attemptId,
      amount,
      currency,
      counted,
      reportedBy: reportedBy ?? 'service',
      ...(dispositionPaymentId && { movedTo: dispositionPaymentId }),
    },
  };
}

const outcomes = {
  paid: 'was decided to be paid',
  not_paid: 'was decided to have paid nothing',
  returned: 'was decided to be given back',
  accepted: 'was accepted as enough',
} as const;

function ofDecision(decision: DecisionRecord): Timed {
  const { decidedAt, outcome, amount, currency, decidedBy, note, attemptId, supersededBy, supersededAt } = decision;
  const what = outcome === 'not_paid' ? 'The attempt' : amountText(amount, currency);
  const later = supersededAt === null ? '' : ' This was superseded later.';
  return {
    at: decidedAt,
    kind: 'decision',
    title: `${what} ${outcomes[outcome]} by ${actorText(decidedBy)}.${later}`,
    data: { outcome, attemptId, amount, currency, by: decidedBy, note, supersededBy, supersededAt: iso(supersededAt) },
  };
}

const refundStatus = {
  running: 'it is on its way',
  done: 'it is done',
  declined: 'the payment service declined it',
  needs_review: 'only a person can tell what became of it',
} as const;

function ofRefund(refund: RefundRecord): Timed {
  const { requestedAt, amount, currency, how, status, requestedBy, reference, note, endedAt } = refund;
  const way = how === 'by_hand' ? 'Given back by hand' : 'To be given back by the payment service';
  return {
    at: requestedAt,
    kind: 'refund',
    title: `${way}: ${amountText(amount, currency)}; ${refundStatus[status]}.`,
    data: { amount, currency, how, status, by: requestedBy, reference, note, endedAt: iso(endedAt) },
  };
}

const ofPostback = (item: PostbackItemRecord): Timed => ({
  at: item.matchedAt ?? item.receivedAt,
  kind: 'postback',
  title: `A postback was assigned to this payment by ${actorText(item.matchedBy)}.`,
  data: {
    postbackItemId: item.id,
    wallet: item.wallet,
    transactionId: item.transactionId,
    amount: item.amount,
    currency: item.currency,
    note: item.note,
  },
});

function ofFlag({ id, kind, reason, raisedAt, closedAt, closedBy, note }: FlagRecord): Timed[] {
  const raised: Timed = { at: raisedAt, kind: 'flag', title: sentence(reason), data: { flagId: id, flag: kind } };
  if (closedAt === null) return [raised];
  const title = `${actorText(closedBy)} closed a flag: ${sentence(reason)}`;
  return [raised, { at: closedAt, kind: 'flag', title, data: { flagId: id, flag: kind, by: closedBy, note } }];
}

function ofApproval(approval: ApprovalRecord): Timed[] {
  const { id, act, amount, currency, requestedBy, requestedAt, status, decidedBy, decidedAt, note } = approval;
  const title = `${actorText(requestedBy)} requested to ${act} ${amountText(amount, currency)}, which a second person has to confirm.`;
  const requested: Timed = { at: requestedAt, kind: 'approval', title, data: { approvalId: id, act, by: requestedBy, note } };
  if (decidedAt === null) return [requested];
  const ended =
    status === 'outdated'
      ? `The request to ${act} is out of date, because the payment changed: it was not done, and can be requested again.`
      : `${actorText(decidedBy)} ${status} the request to ${act}.`;
  return [requested, { at: decidedAt, kind: 'approval', title: ended, data: { approvalId: id, act, by: decidedBy } }];
}

const webhookStatus = {
  pending: 'is waiting to be sent',
  delivered: 'was delivered',
  parked: 'was given up',
  filtered: 'was not sent: the shop does not want this type',
} as const;

/** Most shops have one endpoint, and nothing is said of it. */
const named = (endpoint: string): { endpoint?: string } => (endpoint === mainEndpoint ? {} : { endpoint });
const toEndpoint = (endpoint: string): string => (endpoint === mainEndpoint ? '' : ` to the endpoint ${endpoint}`);

/** Stands where it became what it is: behind its tries. */
const ofWebhook = (
  { id, endpoint, type, sequence, status, tries, createdAt, deliveredAt, replayedAt }: OutboxRecord,
  deliveries: readonly DeliveryRecord[],
): Timed => ({
  at: Math.max(
    status === 'delivered' ? (deliveredAt ?? 0) : (replayedAt ?? 0),
    createdAt,
    ...deliveries.flatMap(({ eventId, at }) => (eventId === id ? [at] : [])),
  ),
  kind: 'webhook',
  title: `The webhook ${type}${toEndpoint(endpoint)} ${webhookStatus[status]}.`,
  data: {
    eventId: id,
    ...named(endpoint),
    type,
    sequence,
    status,
    tries,
    createdAt: isoTime(createdAt),
    deliveredAt: iso(deliveredAt),
  },
});

function ofDelivery(
  { eventId, number, at, durationMs, status, reason }: DeliveryRecord,
  webhooks: readonly OutboxRecord[],
): Timed {
  const { type, endpoint } = webhooks.find(({ id }) => id === eventId) ?? { type: 'webhook', endpoint: mainEndpoint };
  const answer = status === 0 ? `no answer (${reason ?? 'unknown'})` : `the shop answered ${status}`;
  const title = `Try ${number} to deliver ${type}${toEndpoint(endpoint)}: ${answer}, after ${durationMs} ms.`;
  return { at, kind: 'webhook', title, data: { eventId, ...named(endpoint), type, number, status, reason, durationMs } };
}

const iso = (at: number | null): string | null => (at === null ? null : isoTime(at));
