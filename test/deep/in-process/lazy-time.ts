/**
 * The time of one schedule. In the calm phase a day passes in steps, and most of them find nothing to do: such steps pass together with
 * the next one in which the core has work, which saves most of the phase's cost.
 */
import type { SimulatedTime } from '../simulated-time.ts';
import type { Cores } from './cores.ts';
import { leap, speed, virtualNow } from './virtual-time.ts';

export interface LazyTime {
  time: SimulatedTime;
  /** The calm phase begins. */
  calm(): void;
  /** Lets the core do what is due. */
  follow(cores: Pick<Cores, 'isDue' | 'follow'>): Promise<void>;
}

/** After so many steps without work the core looks all the same. */
const mostIdleSteps = 10;

export function createLazyTime(): LazyTime {
  let jumped = 0;
  let isCalm = false;
  let ahead = 0;
  let idleSteps = 0;
  const origin = virtualNow();
  return {
    time: {
      origin,
      speed,
      get jumped() {
        return jumped;
      },
      now: virtualNow,
      real: (ms) => ms / speed,
      jump(ms) {
        jumped += ms;
        if (isCalm) ahead += ms;
        else leap(ms);
      },
    },
    calm() {
      isCalm = true;
    },
    async follow(cores) {
      idleSteps += 1;
      if (idleSteps < mostIdleSteps && !cores.isDue(virtualNow() + ahead)) return;
      idleSteps = 0;
      leap(ahead);
      ahead = 0;
      await cores.follow();
    },
  };
}
