/** Starts, kills, stops and restarts the BFF's processes. None of them may end by itself. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ClockNews } from './clock-preload.ts';
import type { SimulatedTime } from './simulated-time.ts';

export interface BffProcess {
  slot: number;
  address: string;
  /** Of the operators' listener. */
  inside: string;
  child: ChildProcess;
  /** Resolves when it answers, or when it is certain that it will not. */
  ready: Promise<boolean>;
  /** Why it is being ended; null while it should run. */
  ending: 'killed' | 'stopping' | null;
  /** The last lines of its log. */
  lines: string[];
}

export interface BffDeps {
  count: number;
  time: SimulatedTime;
  /** The factor by which pauses of background work are shorter. */
  pauses: number;
  env: Record<string, string>;
  /** What runs after the preload of the clock: the bundle or the source. */
  entry: readonly string[];
  log(text: string): void;
  /** Is called where a process ended by itself, or did not stop as it should. */
  breach(text: string): void;
}

export interface Bff {
  /** The processes that answer now. */
  live(): BffProcess[];
  /** Waits for the process where one runs or is starting: two of one slot would wait for each other's database. */
  start(slot: number): Promise<void>;
  kill(slot: number): void;
  /** Sends SIGTERM and waits for the end. */
  stop(slot: number): Promise<void>;
  /** Sets how far a process's clock is ahead of the schedule's time, milliseconds. */
  skew(slot: number, ms: number): Promise<void>;
  /** Reports a jump of the schedule's time to the processes. */
  follow(): Promise<void>;
  /** Shortens the pauses of background work by another factor. */
  hurry(times: number): Promise<void>;
  end(): Promise<void>;
}

/** Compiled modules, so that a restarted process starts sooner. */
const compiled = join(tmpdir(), 'pay-desk-deep-compiled');
const root = fileURLToPath(new URL('../../', import.meta.url));
const clockPreload = new URL('./clock-preload.ts', import.meta.url).href;
/** Long, since ten other processes may be at work beside it; a process that ends is noticed at once. */
const startMs = 180_000;
const stopMs = 30_000;
const linesKept = 60;
/** Generous, for a busy machine. */
const confirmedWithinMs = 10_000;

export function createBff({ count, time, pauses: usual, env, entry, log, breach }: BffDeps): Bff {
  const slots: (BffProcess | null)[] = Array.from({ length: count }, () => null);
  const skews = slots.map(() => 0);
  const all: ChildProcess[] = [];
  const newsFor = (slot: number): ClockNews => ({ jumped: time.jumped, skew: skews[slot] ?? 0, pauses });
  let pauses = usual;
  let over = false;

  /** Resolves when the process has applied it, or has ended. */
  const sendTime = async (slot: number): Promise<void> => {
    const bff = slots[slot];
    if (!bff?.child.connected || bff.address === '') return;
    const done = new AbortController();
    const received = (event: string) => once(bff.child, event, { signal: done.signal }).catch(() => undefined);
    const either = Promise.race([received('message'), received('exit'), pause(confirmedWithinMs, undefined, { ref: false })]);
    bff.child.send(newsFor(slot), () => undefined);
    await either;
    done.abort();
  };

  async function start(slot: number): Promise<void> {
    if (over) return;
    const running = slots[slot];
    if (running?.ending === null) {
      await running.ready;
      return;
    }
    const clock = { origin: time.origin, speed: time.speed, ...newsFor(slot) };
    const child = spawn(process.execPath, ['--import', clockPreload, ...entry], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        PATH: process.env.PATH,
        // One address, so that each listener says once where it listens.
        HOST: '127.0.0.1',
        PORT: '0',
        OPERATE_PORT: '0',
        NODE_NO_WARNINGS: '1',
        NODE_COMPILE_CACHE: compiled,
        ...env,
        CHAOS_CLOCK: JSON.stringify(clock),
      },
    });
    all.push(child);
    const bff: BffProcess = { slot, address: '', inside: '', child, ready: Promise.resolve(false), ending: null, lines: [] };
    const listeners: string[] = [];
    bff.ready = new Promise<boolean>((resolve) => {
      const keepLine = (line: string) => {
        bff.lines.push(plain(line));
        if (bff.lines.length > linesKept) bff.lines.shift();
        const address = /listening at (http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1];
        if (address) listeners.push(address);
        if (!address || listeners.length !== 2) return;
        void operatorsOf(listeners).then((inside) => {
          bff.inside = inside;
          bff.address = listeners.find((one) => one !== inside) ?? '';
          resolve(true);
        });
      };
      for (const stream of [child.stdout, child.stderr]) if (stream) createInterface(stream).on('line', keepLine);
      child.once('exit', (code, signal) => {
        resolve(false);
        if (slots[slot] === bff) slots[slot] = null;
        if (over || bff.ending === 'killed' || (bff.ending === 'stopping' && code === 0)) return;
        breach(
          `process ${slot} ended by itself (${signal ?? code}${bff.ending ? ', asked to stop' : ''}): ${bff.lines.slice(-3).join(' | ')}`,
        );
        // Restarted as a supervisor would, so that the rest of the schedule can go on.
        if (bff.ending === null) void start(slot);
      });
      setTimeout(resolve, startMs, false).unref();
    });
    slots[slot] = bff;
    if (await bff.ready) {
      log(`process ${slot} is up`);
      await sendTime(slot);
    } else if (!over && bff.ending === null && child.exitCode === null && child.signalCode === null) {
      breach(`process ${slot} does not start: ${bff.lines.slice(-4).join(' | ')}`);
    }
  }

  return {
    live: () => slots.filter((one): one is BffProcess => one !== null && one.address !== '' && one.ending === null),
    start,
    kill(slot) {
      const bff = slots[slot];
      if (!bff) return;
      bff.ending = 'killed';
      bff.child.kill('SIGKILL');
      log(`process ${slot} is killed`);
    },
    async stop(slot) {
      const bff = slots[slot];
      if (!bff || bff.ending) return;
      bff.ending = 'stopping';
      log(`process ${slot} is asked to stop`);
      const ended = once(bff.child, 'exit');
      bff.child.kill('SIGTERM');
      const late = setTimeout(() => {
        breach(`process ${slot} does not stop within ${stopMs / 1000} s`);
        bff.child.kill('SIGKILL');
      }, stopMs);
      await ended;
      clearTimeout(late);
      log(`process ${slot} has stopped`);
    },
    skew(slot, ms) {
      skews[slot] = ms;
      return sendTime(slot);
    },
    follow: async () => void (await Promise.all(slots.map((_, slot) => sendTime(slot)))),
    async hurry(times) {
      pauses = usual * times;
      await Promise.all(slots.map((_, slot) => sendTime(slot)));
    },
    async end() {
      over = true;
      const running = all.filter((child) => child.exitCode === null && child.signalCode === null);
      await Promise.all(
        running.map(async (child) => {
          const ended = once(child, 'exit');
          child.kill('SIGKILL');
          await ended;
        }),
      );
    },
  };
}

/** Which of the two listeners is the operators': their log lines come in any order. */
async function operatorsOf(listeners: readonly string[]): Promise<string> {
  for (const address of listeners) {
    const answer = await fetch(`${address}/operate/me`).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.status === 401) return address;
  }
  return '';
}

/** A log line without the stack, to quote an error in one line. */
function plain(line: string): string {
  try {
    const { level, msg, err, route, problem } = JSON.parse(line);
    return [level, msg, route, problem, err?.message, err?.code, err?.stack?.split('\n')[0]].filter(Boolean).join(' ');
  } catch {
    return line;
  }
}
