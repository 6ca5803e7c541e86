/** Is imported before everything else: from here on this process has its own time, randomness, network and crashes. */
import { installVirtualDatabase } from './virtual-database.ts';
import { installVirtualNetwork } from './virtual-network.ts';
import { installVirtualRandom } from './virtual-random.ts';
import { installVirtualTime } from './virtual-time.ts';

/** The time of the machine, for the harness's own reports. */
export const realNow = performance.now.bind(performance);

installVirtualTime();
installVirtualRandom();
installVirtualNetwork();
installVirtualDatabase();
