/**
 * The three services of a simulation in one process: the simulators of the demo, reached without sockets. A call may be lost before or
 * after its effect, be late by seconds or minutes, or get an answer that cannot be read.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { createPayCodesSimulator } from '../../../demo/simulators/paycodes/simulator.ts';
import { createPaykassmaSimulator } from '../../../demo/simulators/paykassma/simulator.ts';
import { createPaymeSimulator } from '../../../demo/simulators/payme/simulator.ts';
import type { Upstream, UpstreamCall } from '../fault-proxy.ts';
import type { Random } from '../random.ts';
import { readCall } from '../read-call.ts';
import type { SimulatedTime } from '../simulated-time.ts';
import { drawFault, receiptIn, type Upstreams, upstreamKeys } from '../upstreams.ts';
import { cut, inject, type NetAnswer, type NetRequest, refused, serverAt, setHost } from './virtual-network.ts';
import { currentCore, type Owner, runAs, virtualNow } from './virtual-time.ts';

export const origins = {
  paycodes: 'http://127.0.0.1:1',
  paykassma: 'http://127.0.0.1:2',
  payme: 'http://127.0.0.1:3',
  postbacks: 'http://127.0.0.1:4',
} as const;

export interface ServicesDeps {
  time: SimulatedTime;
  random: Random;
  /** The faults that may happen, by the keys that `faulted` names; null: all that the seed draws. */
  only: ReadonlySet<string> | null;
  unsignedTimes: number | undefined;
  /** The customer of a call where it can be known, because faults are drawn for each customer separately. */
  subjectOf(call: UpstreamCall): string;
  /** A core sends a call, or receives its answer. Here it may crash: then it never learns of the rest. */
  boundary(core: Owner): void;
  /** A core sends this call now. */
  sent(call: UpstreamCall): void;
  /** This call has taken effect. */
  served(call: UpstreamCall): void;
  faulted(key: string, kind: string): void;
}

export interface Services extends Omit<Upstreams, 'close' | 'cutSockets' | 'origins'> {
  /** Faults, calls and customers of this schedule end: whatever is under way never arrives. */
  end(): Promise<void>;
}

let started: ReturnType<typeof startSimulators> | undefined;
/** They are started once, and emptied for each schedule. */
const simulators = () => {
  started ??= runAs(undefined, startSimulators);
  return started;
};

async function startSimulators() {
  const now = virtualNow;
  const paycodes = await createPayCodesSimulator({ now, key: upstreamKeys.paycodes, slowMs: 600 });
  const paykassma = await createPaykassmaSimulator({ now, keys: upstreamKeys.paykassma, slowMs: 900 });
  const payme = await createPaymeSimulator({ now, cashbox: upstreamKeys.cashbox, slowMs: 300 });
  const apps = { paycodes: serverAt(paycodes.url), paykassma: serverAt(paykassma.url), payme: serverAt(payme.origin) };
  return { paycodes, paykassma, payme, apps };
}

/** @param world What the services and the network do belongs to it. */
export async function openServices(world: Owner, deps: ServicesDeps): Promise<Services> {
  const { random } = deps;
  const { apps, ...services } = await simulators();
  const calls: UpstreamCall[] = [];
  const drawn = new Map<string, number>();
  let faulty = true;
  let holding = new AbortController();
  const hold = (realMs: number) => pause(realMs, undefined, { signal: holding.signal }).catch(() => undefined);

  const post = (upstream: Upstream, path: string, body: object, headers = {}): Promise<NetAnswer> =>
    inject(apps[upstream], {
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json', ...headers },
      body: Buffer.from(JSON.stringify(body)),
    });
  const control = async (upstream: Upstream, path: string, body: object) => {
    const answer = await post(upstream, `/_/${path}`, body);
    return answer.status < 300 ? (JSON.parse(answer.body) as Record<string, unknown>) : null;
  };
  await Promise.all((['paycodes', 'paykassma', 'payme'] as const).map((upstream) => control(upstream, 'reset', {})));
  await control('paykassma', 'postbacks', {
    url: `${origins.postbacks}/`,
    laterMs: random.between(100, 1_500),
    beforeAnswer: random.chance(0.3),
    // Only the two ids are signed there.
    unsignedTimes: deps.unsignedTimes ?? (random.chance(0.2) ? 10 : 1),
  });
  const pay = random.weighted({ instant: 6, stepwise: 3, late: 2 });
  await control('payme', 'settings', { pay, cancelMs: random.pick([1, 3_000]) });

  const faultFor = (call: UpstreamCall, key: string): ReturnType<typeof drawFault> | { kind: 'refused' | 'malformed' } => {
    if (!faulty || (deps.only && !deps.only.has(key))) return null;
    const dice = random.fork(key);
    const fault = drawFault(dice, call.operation, deps.time);
    // Two more kinds than the proxies before real services have.
    if (fault?.kind === 'gateway_before' && dice.chance(0.7)) return { kind: 'refused' };
    return fault?.kind === 'half' && dice.chance(0.5) ? { kind: 'malformed' } : fault;
  };

  const serve = async (upstream: Upstream, request: NetRequest, core: Owner): Promise<NetAnswer> => {
    const call: UpstreamCall = {
      upstream,
      ...readCall(upstream, request.path, request.body),
      receivedAt: virtualNow(),
      deliveredAt: null,
      answeredAt: null,
      fault: null,
      answer: null,
    };
    calls.push(call);
    const operation = `${call.operation}/${deps.subjectOf(call)}`;
    const nth = (drawn.get(operation) ?? 0) + 1;
    drawn.set(operation, nth);
    const key = `${operation}/${nth}`;
    const fault = faultFor(call, key);
    if (fault) deps.faulted(key, fault.kind);
    call.fault = fault?.kind ?? null;
    const way = random.fork(`way ${key}`);
    deps.sent(call);
    deps.boundary(core);
    if (core.dead) return never();
    if (fault?.kind === 'refused') throw refused();
    await pause(way.between(1, 12));
    if (fault?.kind === 'silence') return never();
    if (fault?.kind === 'cut_before') throw cut();
    if (fault?.kind === 'gateway_before') return badGateway;
    if (fault?.kind === 'late') await hold(fault.realMs);
    call.deliveredAt = virtualNow();
    const answer = await inject(apps[upstream], request);
    call.answer = answer.body.replace(/\s+/g, ' ').slice(0, 160);
    const receipt = upstream === 'payme' && call.operation === 'receipts.create' ? receiptIn(answer.body) : undefined;
    if (receipt) call.about = { ...call.about, receipt };
    deps.served(call);
    deps.boundary(core);
    if (fault?.kind === 'slow') await hold(fault.realMs);
    await pause(way.between(1, 12));
    if (fault?.kind === 'cut_after') throw cut();
    if (fault?.kind === 'gateway_after') return badGateway;
    const half = Math.floor(answer.body.length / 2);
    if (fault?.kind === 'malformed') return { ...answer, body: answer.body.slice(0, half) };
    if (fault?.kind === 'half') return { ...answer, cutAfter: half };
    call.answeredAt = virtualNow();
    return answer;
  };
  for (const upstream of ['paycodes', 'paykassma', 'payme'] as const) {
    setHost(origins[upstream], (request) => {
      const core = currentCore();
      return core ? runAs(world, () => serve(upstream, request, core)) : never();
    });
  }

  return {
    ...services,
    calls,
    control,
    async makeCodes(rule_slug, number_of_codes) {
      const params = { rule_slug, number_of_codes, creator: 'deep' };
      const call = { jsonrpc: '2.0', id: 1, method: 'generate_code_list', params };
      const answer = await post('paycodes', '/', call, { authorization: `Bearer ${upstreamKeys.paycodes}` });
      return (JSON.parse(answer.body) as { result: { codes: string[] } }).result.codes;
    },
    calm() {
      faulty = false;
      holding.abort();
      holding = new AbortController();
    },
    async end() {
      for (const upstream of ['paycodes', 'paykassma', 'payme'] as const) await control(upstream, 'reset', {});
    },
  };
}

const never = (): Promise<never> => new Promise(() => undefined);
const badGateway: NetAnswer = { status: 502, type: 'text/html', body: '<!doctype html><title>502 Bad Gateway</title>' };
