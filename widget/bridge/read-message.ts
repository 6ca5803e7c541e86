/**
 * Validates the messages from a frame of ours. It is written by hand, while the frame uses zod: this code runs among the
 * merchant's scripts, some of which add fields to every object. zod fails on inherited fields, so here only own fields are read.
 * The page also downloads no zod.
 */
import type { DeskStatus, PaymentMethod, WaitReason } from '#contract';
import type { FromFrame } from './from-frame.ts';

/** Null for an invalid message. Additional fields, which a newer frame may send, are ignored. */
export function readMessage(message: unknown): FromFrame | null {
  if (!isObject(message) || own(message, 'v') !== 1) return null;
  const type = own(message, 'type');
  if (typeof type !== 'string' || !Object.hasOwn(messages, type)) return null;
  return messages[type as FromFrame['type']](message) ? (message as FromFrame) : null;
}

type Check = (value: unknown) => boolean;
type FieldsOf<Type extends FromFrame['type']> = Exclude<keyof Extract<FromFrame, { type: Type }>, 'v' | 'type'>;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const own = (object: object, name: string): unknown => Object.getOwnPropertyDescriptor(object, name)?.value;

const boolean: Check = (value) => typeof value === 'boolean';
const count: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const text: Check = (value) => typeof value === 'string' && value.length <= 2048;
const oneOf =
  <Name extends string>(names: Record<Name, true>): Check =>
  (value) =>
    typeof value === 'string' && Object.hasOwn(names, value);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const orAbsent =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const fields =
  (checks: Record<string, Check>): Check =>
  (value) =>
    isObject(value) && Object.entries(checks).every(([name, check]) => check(own(value, name)));

const method = oneOf<PaymentMethod>({ pay_code: true, wallet: true, card: true });
const reason = oneOf<WaitReason>({
  checking: true,
  unknown_outcome: true,
  review: true,
  transfer_pending: true,
  transfer_accepted: true,
  sms_late: true,
});
const status = oneOf<DeskStatus>({
  loading: true,
  load_error: true,
  open: true,
  awaiting_customer: true,
  processing: true,
  needs_review: true,
  succeeded: true,
  underpaid: true,
  refunding: true,
  refunded: true,
  canceled: true,
  expired: true,
});
const payment = fields({ paymentId: text, orderId: text, amount: count, amountPaid: count, currency: text, paidLate: boolean });
const problem = fields({
  code: text,
  reference: text,
  field: orAbsent(text),
  retryAt: orAbsent(text),
  at: orAbsent(text),
  recoverable: orAbsent(boolean),
});

const messages = {
  ready: fields({ methods: listOf(method), test: boolean } satisfies Record<FieldsOf<'ready'>, Check>),
  resize: fields({ height: count } satisfies Record<FieldsOf<'resize'>, Check>),
  status: fields({
    status,
    method: orNull(method),
    action: orNull(text),
    wait: orNull(fields({ reason, since: text })),
    payment: orNull(payment),
  } satisfies Record<FieldsOf<'status'>, Check>),
  change: fields({ method, complete: boolean } satisfies Record<FieldsOf<'change'>, Check>),
  busy: fields({ busy: boolean } satisfies Record<FieldsOf<'busy'>, Check>),
  field: fields({
    kind: oneOf({ focus: true, blur: true, escape: true }),
    field: orNull(text),
  } satisfies Record<FieldsOf<'field'>, Check>),
  show: fields({ top: count, bottom: count } satisfies Record<FieldsOf<'show'>, Check>),
  problem: fields({ of: oneOf({ load: true, try: true }), problem } satisfies Record<FieldsOf<'problem'>, Check>),
  close: fields({ returnUrl: orNull(text) } satisfies Record<FieldsOf<'close'>, Check>),
  wish: fields({} satisfies Record<FieldsOf<'wish'>, Check>),
  sent: fields({ problem: orNull(problem) } satisfies Record<FieldsOf<'sent'>, Check>),
  moved: fields({ version: count } satisfies Record<FieldsOf<'moved'>, Check>),
} satisfies Record<FromFrame['type'], Check>;
