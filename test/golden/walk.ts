/** Plays many states, some of them at once: most of the time one waits for a service that is slow on purpose. */
import { availableParallelism } from 'node:os';
import type { CustomerState } from '../../demo/page/states/customer-state.ts';
import type { Engine } from '../support/engines.ts';
import { playState } from './play-state.ts';
import { type Transcript, transcribe } from './transcript.ts';

/** They wait for ten seconds: so they begin first. */
const slow = ['card-declined-slowly', 'two-tabs', 'slow-answer', 'slow-click', 'loading', 'card-settled-refused'];

export type Outcome = { transcript: Transcript } | { failure: unknown };

/** @returns A promise for each state, by its id. */
export function walk(
  engine: Engine,
  states: readonly CustomerState[],
  lanes = 2 * availableParallelism() + 2,
): Map<string, Promise<Outcome>> {
  const outcomes = new Map<string, Promise<Outcome>>();
  const queue: (() => Promise<void>)[] = [];
  const inOrder = states.toSorted((one, other) => Number(slow.includes(other.id)) - Number(slow.includes(one.id)));
  for (const state of inOrder) {
    let resolve: (outcome: Outcome) => void = () => undefined;
    const promise = new Promise<Outcome>((done) => {
      resolve = done;
    });
    outcomes.set(state.id, promise);
    queue.push(async () => resolve(await playOn(engine, state).catch((failure: unknown) => ({ failure }))));
  }
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await next();
  };
  for (let lane = 0; lane < lanes; lane += 1) void work();
  return outcomes;
}

async function playOn(engine: Engine, state: CustomerState): Promise<Outcome> {
  const database = await engine.create();
  try {
    return { transcript: transcribe(state, await playState(state, database.url)) };
  } finally {
    await database.drop();
  }
}
