/** The simulators of the three payment services, in their initial state or from the snapshot of a filled database. */
import { createPayCodesSimulator, type PayCodesSnapshot } from '../../../../demo/simulators/paycodes/simulator.ts';
import { createPaykassmaSimulator, type PaykassmaSnapshot } from '../../../../demo/simulators/paykassma/simulator.ts';
import { createPaymeSimulator, type PaymeSnapshot } from '../../../../demo/simulators/payme/simulator.ts';
import { keys } from './keys.ts';

export interface Snapshots {
  paycodes: PayCodesSnapshot;
  paykassma: PaykassmaSnapshot;
  payme: PaymeSnapshot;
}

/** Where each listens, as the database spells it: `127.0.0.1:40123`. */
export type Hosts = Record<keyof Snapshots, string>;

export async function openUpstreams(now: () => number, from?: Snapshots) {
  const paycodes = await createPayCodesSimulator({ now, key: keys.paycodes, ...(from && { from: from.paycodes }) });
  // Later credits and repeated postbacks are requested by the test, and never made by a timer.
  const postbacks = { laterMs: 600_000, tries: 1 };
  const paykassma = await createPaykassmaSimulator({
    now,
    keys: keys.paykassma,
    postbacks,
    ...(from && { from: from.paykassma }),
  });
  const payme = await createPaymeSimulator({ now, cashbox: keys.payme, slowMs: 50, ...(from && { from: from.payme }) });
  const origins = { paycodes: paycodes.url, paykassma: paykassma.url, payme: payme.origin };
  return {
    paycodes,
    paykassma,
    payme,
    hosts: {
      paycodes: new URL(origins.paycodes).host,
      paykassma: new URL(origins.paykassma).host,
      payme: new URL(origins.payme).host,
    } satisfies Hosts,
    snapshots: (): Snapshots => ({ paycodes: paycodes.snapshot(), paykassma: paykassma.snapshot(), payme: payme.snapshot() }),
    /**
     * Posts to a control route of one of them: `faults`, `sms`, `settings`, `transfers`, `transactions/match`, `postbacks`,
     * `receipts/<id>/state`.
     */
    async control(which: keyof Snapshots, path: string, body: object): Promise<unknown> {
      const response = await fetch(`${origins[which]}/_/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${which} ${path}: ${response.status} ${await response.text()}`);
      return response.json();
    },
    async close() {
      await Promise.all([paycodes.close(), paykassma.close(), payme.close()]);
    },
  };
}

export type Upstreams = Awaited<ReturnType<typeof openUpstreams>>;
