/**
 * Limits that grow with the load of the machine. A limit in a test is there to end what hangs, so it may be generous; on a machine
 * that does ten things at once everything takes ten times as long, and that is no fault of what is tested.
 */
import { availableParallelism, loadavg } from 'node:os';

/** How many times longer a thing may take now: 1 on an idle machine, 8.5 at a load of 15 on two cores. */
export const patience = (): number => 1 + Math.max(0, (loadavg()[0] ?? 0) / availableParallelism());

/** As many milliseconds as `ms` would be on an idle machine, reckoned once: for limits that are handed on, to a browser or a client. */
export const patient = (ms: number): number => Math.ceil(ms * patience());
