/**
 * What holds after every single step of a simulation, and not only at its end: looked up in the database by a connection of the
 * harness, and counted in the services' ledgers. `../oracle.ts` judges the end.
 */
import type Sqlite from 'better-sqlite3';
import type { SeenView } from '../checkout.ts';
import type { RunContext } from '../context.ts';
import type { UpstreamCall } from '../fault-proxy.ts';
import { describeMoney, type Money, total } from '../ledger.ts';

interface PaymentRow {
  id: string;
  order_id: string;
  status: string;
  version: number;
  due: number;
  counted: number;
  updated_at: number;
  /** The status that the last event of a change names; null before the first. */
  audited: string | null;
}

export interface StepChecks {
  /** After something was committed. */
  committed(): void;
  /** A core sends a call: what spends, sends or redeems has been written down before. */
  sent(call: UpstreamCall): void;
  /** A call has taken effect: no more is pulled than is due. */
  served(money: readonly Money[]): void;
  /** A view was answered: each version of a payment looks the same to everybody. */
  seen(paymentId: string, view: SeenView): void;
}

/** Statuses in which enough money must not lie unnoticed. */
const unpaid = new Set(['open', 'awaiting_customer', 'canceled', 'expired']);
const over = new Set(['canceled', 'expired', 'refunded', 'succeeded']);

/** Calls that are made at most once for each row, by the operation that the row names. */
const writtenDown: Readonly<Record<string, (about: UpstreamCall['about']) => string | undefined>> = {
  use_code: ({ client }) => /^pw(?:-fence)?:(.+)/.exec(client ?? '')?.[1],
  'receipts.create': ({ attempt }) => attempt,
  'transaction/activate': ({ attempt }) => attempt,
  'possible-transaction': ({ attempt }) => attempt,
};

const prepare = (database: Sqlite.Database) => ({
  changed: database.prepare<[number], PaymentRow>(
    `select p.id, p.order_id, p.status, p.version, p.amount - p.discount as due, p.updated_at,
       (select coalesce(sum(e.amount), 0) from evidence e where e.payment_id = p.id and e.counted = 1) as counted,
       (select json_extract(a.data, '$.to') from audit a where a.payment_id = p.id and json_extract(a.data, '$.to') is not null
          order by json_extract(a.data, '$.version') desc limit 1) as audited
     from payments p where p.updated_at >= ?`,
  ),
  alive: database.prepare<[], { order_id: string; many: number }>(
    `select order_id, count(*) as many from payments
     where status not in ('canceled', 'expired', 'refunded', 'succeeded') and paid_late = 0 group by order_id having many > 1`,
  ),
  intents: database.prepare<[string], number>('select count(*) from intents where attempt_id = ?').pluck(),
});

/** @param database Null while no core runs: then nothing can have changed. */
export function createStepChecks(database: () => Sqlite.Database | null, breach: RunContext['breach']): StepChecks {
  const prepared = new WeakMap<Sqlite.Database, ReturnType<typeof prepare>>();
  const look = (): ReturnType<typeof prepare> | null => {
    const open = database();
    if (!open) return null;
    const known = prepared.get(open) ?? prepare(open);
    prepared.set(open, known);
    return known;
  };
  const known = new Map<string, PaymentRow>();
  const sentFor = new Map<string, number>();
  const looks = new Map<string, string>();
  const pulledFor = new Set<string>();
  let newest = 0;

  return {
    committed() {
      const queries = look();
      if (!queries) return;
      let live = false;
      for (const row of queries.changed.all(newest)) {
        newest = Math.max(newest, row.updated_at);
        const before = known.get(row.id);
        if (before?.version === row.version && before.status === row.status) continue;
        known.set(row.id, row);
        live ||= !over.has(row.status);
        if (row.due > 0 && row.counted >= row.due && unpaid.has(row.status))
          breach('lost payment', row.id, `after one step it is ${row.status}, with evidence of ${row.counted} of ${row.due}`);
        if ((row.audited ?? 'open') !== row.status)
          breach('audit', row.id, `it is ${row.status}, and the last event of the audit that names a status says ${row.audited}`);
      }
      if (live)
        for (const { order_id, many } of queries.alive.all())
          breach('one live payment', order_id, `after one step it has ${many} payments`);
    },
    sent({ operation, about }) {
      const attempt = writtenDown[operation]?.(about);
      if (attempt === undefined) return;
      const name = `${operation} ${attempt}`;
      const many = (sentFor.get(name) ?? 0) + 1;
      sentFor.set(name, many);
      // A row names its operation in our words, so rows are counted for the attempt: it has at least one for each kind of call.
      const kinds = [...sentFor.keys()].filter((one) => one.endsWith(` ${attempt}`)).length;
      const rows = look()?.intents.get(attempt) ?? many;
      if (rows < Math.max(many, kinds))
        breach('write ahead', attempt, `${operation} is sent, and the database has ${rows} rows of what ${attempt} was to send`);
    },
    served(money) {
      for (const [attempt, own] of Map.groupBy(money, (one) => one.attempt)) {
        const pulled = own.filter((one) => one.kind === 'pull' && !one.straggler && one.refundedAt === null);
        if (attempt === null || pulled.length < 2 || pulledFor.has(attempt)) continue;
        pulledFor.add(attempt);
        breach('double charge', attempt, `after one step ${total(pulled)} was pulled: ${pulled.map(describeMoney).join(', ')}`);
      }
    },
    seen(paymentId, { version, status, amountPaid, due }) {
      const shown = `${status}, ${amountPaid} of ${due}`;
      const name = `${paymentId} ${version}`;
      const before = looks.get(name);
      if (before !== undefined && before !== shown)
        breach('snapshot', paymentId, `version ${version} was shown as ${before}, and as ${shown}`);
      looks.set(name, shown);
    },
  };
}
