/** What everybody in a schedule shares: its time, its randomness, its processes and services, and where breaches of the law are written down. */
import type { Bff } from './bff.ts';
import type { Random } from './random.ts';
import type { SimulatedTime } from './simulated-time.ts';
import type { Story } from './story.ts';
import type { Upstreams } from './upstreams.ts';

/** The laws that are asserted; README.md says what each of them means here, word by word. */
export type Law =
  | 'double charge'
  | 'lost payment'
  | 'false success'
  | 'one live payment'
  | 'asked again'
  | 'service'
  | 'liveness'
  | 'webhooks';

export interface Breach {
  law: Law;
  /** The payment that it is about, or its order; null = a process. */
  about: string | null;
  text: string;
}

export interface World {
  time: SimulatedTime;
  random: Random;
  story: Story;
  bff: Bff;
  upstreams: Upstreams;
  apiKey: string;
  breach(law: Law, about: string | null, text: string): void;
  /** Customers act no more; what they began is seen to its end. */
  over(): boolean;
  /** What is counted for the table. */
  counts: Record<
    'payments' | 'requests' | 'kills' | 'stops' | 'databaseCuts' | 'socketCuts' | 'faults' | 'postbacks' | 'webhooks',
    number
  >;
}
