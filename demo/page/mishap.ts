/** Something that goes wrong in the field, to be ordered for the next calls of a service. */
import type { Fault, PostbackOrder } from './qa-client.ts';

/** The services behind the BFF that can be spoiled. */
export type Upstream = 'paycodes' | 'paykassma' | 'payme';

export interface Mishap {
  /** In the address of the page. */
  id: string;
  words: string;
  of: Upstream;
  faults: Fault[];
  /** Stays until the service is reset. */
  postbacks?: PostbackOrder;
}
