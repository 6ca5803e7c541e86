/**
 * Time limits that grow with the load of the machine. A limit in a test only ends what hangs, so it may be generous; on a busy
 * machine everything takes longer, which is no fault of the tested code.
 */
import { availableParallelism, loadavg } from 'node:os';

/** The factor by which work takes longer now: 1 on an idle machine, 8.5 at a load of 15 on two cores. */
export const loadFactor = (): number => 1 + Math.max(0, (loadavg()[0] ?? 0) / availableParallelism());

/** Scales a limit for an idle machine by the present load, once: for limits that are passed to a browser or a client. */
export const scaledTimeout = (ms: number): number => Math.ceil(ms * loadFactor());
