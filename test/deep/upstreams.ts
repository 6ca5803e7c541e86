/** The three services that the BFF calls: simulators, each behind a fault proxy, all with the schedule's time. */
import { setTimeout as pause } from 'node:timers/promises';
import { createPayCodesSimulator, type PayCodesSimulator } from '../../demo/simulators/paycodes/simulator.ts';
import { createPaykassmaSimulator, type PaykassmaSimulator } from '../../demo/simulators/paykassma/simulator.ts';
import { createPaymeSimulator, type PaymeSimulator } from '../../demo/simulators/payme/simulator.ts';
import { type CallFault, createFaultProxy, type FaultProxy, type Upstream, type UpstreamCall } from './fault-proxy.ts';
import type { Random } from './random.ts';
import { readCall } from './read-call.ts';
import type { SimulatedTime } from './simulated-time.ts';

/** What the checks and customers need of the services. */
export interface Upstreams {
  paycodes: PayCodesSimulator;
  paykassma: PaykassmaSimulator;
  payme: PaymeSimulator;
  /** The address of each for the BFF. */
  origins: Readonly<Record<Upstream, string>>;
  calls: readonly UpstreamCall[];
  /** New valid codes from PayCodes. */
  makeCodes(rule: string, count: number): Promise<string[]>;
  /** Posts to a control route of a simulator; null where it declines. */
  control(upstream: Upstream, path: string, body: object): Promise<Record<string, unknown> | null>;
  cutSockets(): number;
  /** Stops all faults and delivers delayed calls. */
  calm(): void;
  close(): Promise<void>;
}

export interface UpstreamsDeps {
  time: SimulatedTime;
  random: Random;
  /** Whether upstream faults are part of this schedule. */
  faults: boolean;
  postbackUrl: string;
  unsignedTimes: number | undefined;
  /** The customer of a call where it can be known, because faults are drawn for each customer separately. */
  subjectOf(call: UpstreamCall): string;
  seen(call: UpstreamCall): void;
}

/** Not the demo's keys, which the BFF accepts in the demo only. */
export const upstreamKeys = {
  paycodes: 'paycodes key of the deep tests',
  paykassma: {
    secret: 'secret of the deep tests',
    accessKey: 'access key of the deep tests',
    privateKey: 'private key of the deep tests',
  },
  cashbox: { id: '89abcdef0123456789abcdef', key: 'cashbox key of the deep tests' },
};

export async function createUpstreams(deps: UpstreamsDeps): Promise<Upstreams> {
  const { time, random } = deps;
  const { now } = time;
  const paycodes = await createPayCodesSimulator({ now, key: upstreamKeys.paycodes, slowMs: 600 });
  const paykassma = await createPaykassmaSimulator({
    now,
    keys: upstreamKeys.paykassma,
    slowMs: 900,
    postbacks: {
      url: deps.postbackUrl,
      laterMs: random.between(100, 1_500),
      beforeAnswer: random.chance(0.3),
      // Only the two ids are signed there.
      unsignedTimes: deps.unsignedTimes ?? (random.chance(0.2) ? 10 : 1),
    },
  });
  const payme = await createPaymeSimulator({
    now,
    cashbox: upstreamKeys.cashbox,
    slowMs: 300,
    settings: { pay: random.weighted({ instant: 6, stepwise: 3, late: 2 }), cancelMs: random.pick([1, 3_000]) },
  });
  const calls: UpstreamCall[] = [];
  let faulty = deps.faults;
  const drawn = new Map<string, number>();

  const faultFor = (call: UpstreamCall): CallFault | null => {
    calls.push(call);
    if (!faulty) return null;
    const key = `${call.operation}/${deps.subjectOf(call)}`;
    const nth = (drawn.get(key) ?? 0) + 1;
    drawn.set(key, nth);
    return drawFault(random.fork(`${key}/${nth}`), call.operation, time);
  };
  const proxy = (upstream: Upstream, target: string) =>
    createFaultProxy({
      upstream,
      target,
      now,
      read: (path, body) => readCall(upstream, path, body),
      faultFor,
      seen: (call, answer) => {
        const made = upstream === 'payme' && call.operation === 'receipts.create' ? receiptIn(answer) : undefined;
        if (made) call.about = { ...call.about, receipt: made };
        deps.seen(call);
      },
    });
  const proxies: Record<Upstream, FaultProxy> = {
    paycodes: await proxy('paycodes', paycodes.url),
    paykassma: await proxy('paykassma', paykassma.url),
    payme: await proxy('payme', payme.origin),
  };
  const origins = { paycodes: paycodes.url, paykassma: paykassma.url, payme: payme.origin };
  const post = (url: string, body: object, headers = {}) =>
    fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });

  return {
    paycodes,
    paykassma,
    payme,
    origins: { paycodes: proxies.paycodes.origin, paykassma: proxies.paykassma.origin, payme: `${proxies.payme.origin}/api` },
    calls,
    async makeCodes(rule_slug, number_of_codes) {
      const params = { rule_slug, number_of_codes, creator: 'deep' };
      const call = { jsonrpc: '2.0', id: 1, method: 'generate_code_list', params };
      const answer = await post(paycodes.url, call, { authorization: `Bearer ${upstreamKeys.paycodes}` });
      return ((await answer.json()) as { result: { codes: string[] } }).result.codes;
    },
    async control(upstream, path, body) {
      const answer = await post(`${origins[upstream]}/_/${path}`, body);
      return answer.ok ? ((await answer.json()) as Record<string, unknown>) : null;
    },
    cutSockets: () => Object.values(proxies).reduce((sum, one) => sum + one.cutAll(), 0),
    calm() {
      faulty = false;
      for (const one of Object.values(proxies)) one.release();
    },
    async close() {
      await Promise.all(Object.values(proxies).map((one) => one.close()));
      await Promise.all([paycodes.close(), paykassma.close(), payme.close()]);
      // Waits for answers that are still coming.
      await pause(1);
    },
  };
}

/** Calls that spend get faults more often than calls that read, because the rules of money are about them. */
const spending = new Set([
  'use_code',
  'receipts.pay',
  'receipts.create',
  'cards.verify',
  'transaction/activate',
  'possible-transaction',
  'generate_code',
]);

export function drawFault(random: Random, operation: string, time: SimulatedTime): CallFault | null {
  if (!random.chance(spending.has(operation) ? 0.4 : 0.1)) return null;
  const kind = random.weighted({
    cut_before: 2,
    gateway_before: 1,
    silence: 2,
    cut_after: 4,
    gateway_after: 2,
    half: 1,
    slow: 2,
    late: 3,
  });
  if (kind === 'slow') return { kind, realMs: random.between(50, 900) };
  // Delivered after the BFF has given up: clearly less or clearly more than a minute late, because the checks distinguish the
  // two.
  if (kind === 'late')
    return { kind, realMs: time.real(random.chance(0.6) ? random.between(10_000, 40_000) : random.between(80_000, 200_000)) };
  return { kind };
}

export function receiptIn(answer: string): string | undefined {
  return /"_id":"([0-9a-f]{24})"/.exec(answer)?.[1];
}
