/** What the operator's metrics say about money: read from the database, the same whichever process is asked. Types only. */

/** Payments with the same status, method and currency. `method`: of the newest or paying attempt, `none` before the first. */
export interface PaymentGroup {
  status: string;
  method: string;
  currency: string;
  count: number;
  /** The sum of what was to be paid, in minor units of the currency. */
  amount: number;
}

/** How much of one kind waits, and since when its oldest waits; milliseconds since 1970, null if nothing does. */
export interface Waiting {
  count: number;
  since: number | null;
}

export interface MoneyFigures {
  /** Payments that were created in the last hour, by what they are now. */
  lastHour: readonly PaymentGroup[];
  waiting: {
    /** Attempts whose outcome is unknown. */
    unknown: Waiting;
    needsReview: Waiting;
    /** Webhooks that are not delivered yet, and those that were given up. */
    undelivered: Waiting;
    parked: Waiting;
    /** Postbacks that are stored and not applied yet, and those that belong to no payment. */
    postbacks: Waiting;
    unmatched: Waiting;
  };
  /** Whether a restored database is not verified yet. */
  held: boolean;
}

/** Money that was counted; `amount` in minor units. */
export interface TakenMoney {
  method: string;
  currency: string;
  amount: number;
}

/** A payment that was paid. */
export interface PaidInTime {
  /** Milliseconds from its creation to the money that completed it. */
  tookMs: number;
}

export interface MoneyReads {
  figures(now: number): Promise<MoneyFigures>;
  /** The money that was stored, and the payments that were paid, in `from` ≤ time < `to`; milliseconds since 1970. */
  taken(from: number, to: number): Promise<{ money: readonly TakenMoney[]; paid: readonly PaidInTime[] }>;
}
