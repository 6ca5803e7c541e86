/** What the routes of the QA page work with. */
import type { LineMode } from '../page/qa-api.ts';
import type { ShopDeps } from '../shop/shop-deps.ts';
import type { Clock } from '../simulators/control/clock.ts';

/** The connection between the checkouts that use `/qa/line` and the BFF. The whole demo has one. */
export interface Line {
  mode: LineMode;
}

export interface QaDeps extends ShopDeps {
  paycodesUrl: string;
  paykassmaUrl: string;
  paymeUrl: string;
  operateUrl: string;
  apiKey: string;
  /** The BFF's clock. */
  clock: Clock;
  /** Makes the BFF do its background work that is due now, instead of within a second. */
  runNow(): Promise<void>;
  line: Line;
}
