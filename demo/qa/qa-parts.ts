/** What the server side of the QA page works with. */
import type { ShopParts } from '../shop/shop-parts.ts';
import type { Clock } from '../simulators/control/clock.ts';
import type { Line } from './line.ts';

export interface QaParts extends ShopParts {
  paycodesUrl: string;
  paykassmaUrl: string;
  paymeUrl: string;
  apiKey: string;
  /** The BFF's. */
  clock: Clock;
  /** Has the BFF do what is due by its clock now, rather than within a second. */
  runNow(): Promise<void>;
  line: Line;
}
