/** Between a record of `payments/` and its row: names, JSON and booleans, nothing else. */
import type {
  AttemptRecord,
  AuditRecord,
  CardRecord,
  ClaimRecord,
  CodeBatchRecord,
  EvidenceRecord,
  IdempotencyRecord,
  IntentRecord,
  OutboxRecord,
  PaymentRecord,
  PostbackRecord,
} from '../payments/model/records.ts';
import type {
  AttemptsTable,
  AuditTable,
  CardsTable,
  ClaimsTable,
  CodeBatchesTable,
  EvidenceTable,
  IdempotencyKeysTable,
  IntentsTable,
  OutboxTable,
  PaymentsTable,
  PostbacksTable,
} from './schema.ts';

type Row = object;

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const camel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** How the fields of one table are written, beyond their names. */
interface Shape {
  json?: readonly string[];
  flags?: readonly string[];
}

function mapper<Rec extends object, Table extends Row>(shape: Shape = {}) {
  return {
    toRow(record: Rec): Table {
      const entries = Object.entries(record).map(([name, value]) => [snake(name), write(shape, name, value)]);
      return Object.fromEntries(entries) as Table;
    },
    toRecord(row: Table): Rec {
      const entries = Object.entries(row).map(([name, value]) => [camel(name), read(shape, camel(name), value)]);
      return Object.fromEntries(entries) as Rec;
    },
  };
}

function write(shape: Shape, name: string, value: unknown): unknown {
  if (shape.json?.includes(name)) return value === null ? null : JSON.stringify(value);
  return shape.flags?.includes(name) ? Number(value) : value;
}

function read(shape: Shape, name: string, value: unknown): unknown {
  if (shape.json?.includes(name)) return value === null ? null : JSON.parse(String(value));
  return shape.flags?.includes(name) ? value === 1 : value;
}

const over: readonly PaymentRecord['status'][] = ['canceled', 'expired'];
const plainPayments = mapper<PaymentRecord, PaymentsTable>({
  json: ['methods', 'items', 'returnUrls', 'metadata', 'problem', 'discountCode'],
  flags: ['test', 'late'],
});

export const rows = {
  payments: {
    /** The slot of its order is free again once it is canceled or expired, and stays free if late money revives it. */
    toRow: (payment: PaymentRecord): PaymentsTable => ({
      ...plainPayments.toRow(payment),
      order_slot: over.includes(payment.status) || payment.late ? null : payment.orderId,
    }),
    toRecord: ({ order_slot: _slot, ...row }: PaymentsTable): PaymentRecord => plainPayments.toRecord(row as PaymentsTable),
  },
  attempts: mapper<AttemptRecord, AttemptsTable>({ json: ['problem', 'action'] }),
  intents: mapper<IntentRecord, IntentsTable>({ json: ['notes'] }),
  evidence: mapper<EvidenceRecord, EvidenceTable>({ flags: ['counted'] }),
  claims: mapper<ClaimRecord, ClaimsTable>({ flags: ['contested'] }),
  cards: mapper<CardRecord, CardsTable>(),
  postbacks: mapper<PostbackRecord, PostbacksTable>(),
  outbox: mapper<OutboxRecord, OutboxTable>(),
  audit: mapper<AuditRecord, AuditTable>({ json: ['data'] }),
  idempotency: mapper<IdempotencyRecord, IdempotencyKeysTable>(),
  codeBatches: mapper<CodeBatchRecord, CodeBatchesTable>(),
};
