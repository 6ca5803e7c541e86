/** Converts between a record of `payments/` and its row: names, JSON and booleans. A row of an attempt is checked, too. */
import type { AuditRecord } from '../payments/model/operator-records.ts';
import type {
  AttemptFields,
  AttemptRecord,
  CardRecord,
  ClaimRecord,
  CodeBatchRecord,
  DiscountCode,
  DiscountRecord,
  EvidenceRecord,
  IntentRecord,
  OutboxRecord,
  PaymentRecord,
  PostbackRecord,
} from '../payments/model/records.ts';
import type { IdempotencyRecord } from '../payments/model/store.ts';
import { type DeliveryRecord, mainEndpoint, type ReplayRecord } from '../payments/model/webhook-queries.ts';
import type { AuditRow } from './audit/append.ts';
import { reversed } from './reversed.ts';
import type {
  AttemptsTable,
  CardsTable,
  ClaimsTable,
  CodeBatchesTable,
  DiscountsTable,
  EvidenceTable,
  IdempotencyKeysTable,
  IntentsTable,
  PaymentsTable,
  PostbacksTable,
} from './schema.ts';
import type { DeliveriesTable, EndpointWebhooksTable, OutboxTable, ReplaysTable } from './webhook-log-schema.ts';

const snake = remembering((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
const camel = remembering((name) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()));

/** The names of columns and fields are few, and each is converted again for every row. */
function remembering(convert: (name: string) => string): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const converted = convert(name);
    known.set(name, converted);
    return converted;
  };
}

/** The fields of a record whose values are converted too. */
interface Conversions<Name extends string = string> {
  /** Stored as JSON text. */
  json?: readonly Name[];
  /** Booleans, stored as 0 or 1. */
  flags?: readonly Name[];
}

/** Converts rows whose columns are named as the record's fields, apart from snake case. */
export function mapper<Rec extends object, Table extends object>({ json, flags }: Conversions<string & keyof Rec> = {}) {
  const conversions = { json: new Set<string>(json), flags: new Set<string>(flags) };
  return {
    toRow(record: Rec): Table {
      const row: Record<string, unknown> = {};
      for (const [name, value] of Object.entries(record)) row[snake(name)] = write(conversions, name, value);
      return row as Table;
    },
    toRecord(row: Table): Rec {
      const record: Record<string, unknown> = {};
      for (const [column, value] of Object.entries(row)) {
        const name = camel(column);
        record[name] = read(conversions, name, value);
      }
      return record as Rec;
    },
  };
}

type NamedConversions = Record<keyof Conversions, ReadonlySet<string>>;

function write({ json, flags }: NamedConversions, name: string, value: unknown): unknown {
  if (json.has(name)) return value === null ? null : JSON.stringify(value);
  return flags.has(name) ? Number(value) : value;
}

function read({ json, flags }: NamedConversions, name: string, value: unknown): unknown {
  if (json.has(name)) return value === null ? null : JSON.parse(String(value));
  return flags.has(name) ? value === 1 : value;
}

const statusesThatFreeTheSlot: readonly PaymentRecord['status'][] = ['canceled', 'expired'];
type PlainPayment = Omit<PaymentRecord, 'discountCode'> & { discountId: string | null };
const plainPayments = mapper<PlainPayment, Omit<PaymentsTable, 'order_slot' | 'reversed_phone'>>({
  json: ['methods', 'items', 'returnUrls', 'metadata', 'problem', 'fiscalReceipts'],
  flags: ['test', 'paidLate', 'fromLink'],
});

const plainAttempts = mapper<AttemptFields, Omit<AttemptsTable, 'reversed_reference'>>({ json: ['problem', 'action'] });

/**
 * The attempt as its status promises it. Throws if its row contradicts that: nobody may decide about money by such a row. The
 * error names the field, and not its value, which may be a secret.
 */
function readAttempt(row: AttemptFields): AttemptRecord {
  const { status } = row;
  switch (status) {
    case 'awaiting_customer':
      return { ...row, status, action: present(row, 'action'), endedAt: absent(row, 'endedAt') };
    case 'processing':
      return { ...row, status, nextCheckAt: present(row, 'nextCheckAt'), endedAt: absent(row, 'endedAt') };
    case 'refunding':
      return { ...row, status, nextCheckAt: present(row, 'nextCheckAt'), endedAt: present(row, 'endedAt') };
    case 'paid':
    case 'refunded':
      return { ...row, status, nextCheckAt: absent(row, 'nextCheckAt'), endedAt: present(row, 'endedAt') };
    case 'declined':
    case 'unconfirmed':
    case 'abandoned':
    case 'needs_review':
      return { ...row, status, endedAt: present(row, 'endedAt') };
    default:
      throw new Error(`the attempt ${row.id} has no known status`);
  }
}

function present<Name extends keyof AttemptFields>(row: AttemptFields, name: Name): NonNullable<AttemptFields[Name]> {
  const value = row[name];
  if (value === null) throw new Error(`the attempt ${row.id} is ${row.status} and has no ${name}`);
  return value as NonNullable<AttemptFields[Name]>;
}

function absent(row: AttemptFields, name: keyof AttemptFields): null {
  if (row[name] === null) return null;
  throw new Error(`the attempt ${row.id} is ${row.status} and has a value of ${name}`);
}

const plainOutbox = mapper<OutboxRecord, EndpointWebhooksTable>();

/** What is read of its discount together with a payment; nulls without one. */
export interface DiscountOfPayment {
  discount_status: string | null;
  discount_last_characters: string | null;
  discount_created_at: number | null;
}

export const rows = {
  payments: {
    /**
     * The order's slot is free once the payment is canceled or expired, and stays free if late money revives the payment. A refunded
     * payment keeps it until the order gets another payment: see `insertPayment`, and `updatePayment` for who never gets it back.
     */
    toRow: ({ discountCode, ...payment }: PaymentRecord): PaymentsTable => ({
      ...plainPayments.toRow({ ...payment, discountId: discountCode?.id ?? null }),
      order_slot: statusesThatFreeTheSlot.includes(payment.status) || payment.paidLate ? null : payment.orderId,
      reversed_phone: payment.phone === null ? null : reversed(payment.phone),
    }),
    toRecord({
      order_slot: _slot,
      reversed_phone: _phone,
      discount_status: status,
      discount_last_characters: lastCharacters,
      discount_created_at: createdAt,
      ...row
    }: PaymentsTable & DiscountOfPayment): PaymentRecord {
      const { discountId: id, ...payment } = plainPayments.toRecord(row);
      return { ...payment, discountCode: id === null ? null : ({ id, status, lastCharacters, createdAt } as DiscountCode) };
    },
  },
  attempts: {
    toRow: (attempt: AttemptRecord): AttemptsTable => ({
      ...plainAttempts.toRow(attempt),
      reversed_reference: attempt.submittedReference === null ? null : reversed(attempt.submittedReference),
    }),
    toRecord: ({ reversed_reference: _reference, ...row }: AttemptsTable): AttemptRecord =>
      readAttempt(plainAttempts.toRecord(row)),
  },
  discounts: mapper<DiscountRecord, DiscountsTable>({ json: ['problem'] }),
  intents: mapper<IntentRecord, IntentsTable>({ json: ['notes'] }),
  evidence: mapper<EvidenceRecord, EvidenceTable>({ flags: ['counted'] }),
  claims: mapper<ClaimRecord, ClaimsTable>({ flags: ['contested'] }),
  cards: mapper<CardRecord, CardsTable>(),
  postbacks: mapper<PostbackRecord, PostbacksTable>(),
  outbox: {
    /**
     * A filtered webhook is stored as a delivered one without a delivery: so a process of an older version takes it for done. The table of
     * the first endpoint has no column for it.
     */
    toRow(record: OutboxRecord): OutboxTable {
      const { endpoint, ...row } = plainOutbox.toRow(
        record.status === 'filtered' ? { ...record, status: 'delivered', deliveredAt: null } : record,
      );
      return endpoint === mainEndpoint ? row : ({ ...row, endpoint } as OutboxTable);
    },
    toRecord(row: OutboxTable & Partial<EndpointWebhooksTable>): OutboxRecord {
      const record = plainOutbox.toRecord({ ...row, endpoint: row.endpoint ?? mainEndpoint });
      return record.status === 'delivered' && record.deliveredAt === null ? { ...record, status: 'filtered' } : record;
    },
  },
  deliveries: mapper<DeliveryRecord, DeliveriesTable>(),
  replays: mapper<ReplayRecord, ReplaysTable>(),
  audit: mapper<AuditRecord, AuditRow>({ json: ['data'] }),
  idempotency: mapper<IdempotencyRecord, IdempotencyKeysTable>(),
  codeBatches: mapper<CodeBatchRecord, CodeBatchesTable>(),
};
