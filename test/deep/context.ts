/** The context of a schedule: time, random numbers, processes, services, and the list of breaches. */
import type { Bff } from './bff.ts';
import type { SeenView } from './checkout.ts';
import type { Random } from './random.ts';
import type { SimulatedTime } from './simulated-time.ts';
import type { Story } from './story.ts';
import type { Upstreams } from './upstreams.ts';

/** The rules that are checked; README.md defines each. */
export type Rule =
  | 'double charge'
  | 'lost payment'
  | 'false success'
  | 'one live payment'
  | 'asked again'
  | 'decisions'
  | 'service'
  | 'liveness'
  | 'webhooks'
  | 'write ahead'
  | 'audit'
  | 'snapshot';

export interface Breach {
  rule: Rule;
  /** The payment or order that it concerns; null: a process. */
  about: string | null;
  text: string;
}

export interface RunContext {
  time: SimulatedTime;
  random: Random;
  story: Story;
  bff: Bff;
  upstreams: Upstreams;
  apiKey: string;
  breach(rule: Rule, about: string | null, text: string): void;
  /** Whether the first phase has ended: customers start nothing more. */
  over(): boolean;
  /** Is called with each view that a customer was shown. */
  seen?(paymentId: string, view: SeenView): void;
  /** Counters for the table. */
  counts: Record<
    | 'payments'
    | 'acts'
    | 'requests'
    | 'kills'
    | 'stops'
    | 'databaseCuts'
    | 'failovers'
    | 'socketCuts'
    | 'faults'
    | 'postbacks'
    | 'webhooks',
    number
  >;
}
