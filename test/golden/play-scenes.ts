/** Plays many scenes, several at once, because some wait for a service that is slow on purpose. */
import type { Engine } from '../support/engines.ts';
import { type Played, playScene } from './play-scene.ts';
import type { Scene } from './scene.ts';
import { type Transcript, transcribe } from './transcript.ts';

export type Outcome = { transcript: Transcript } | { failure: unknown };

/** How many scenes run at once. */
const lanes = 4;
/** Scenes that wait for ten seconds, and so begin first. In the first three it is the BFF that waits. */
const slow = ['card-declined-slowly', 'two-tabs', 'slow-answer', 'slow-click', 'loading'];
const slowInBff: readonly string[] = slow.slice(0, 3);
/**
 * The BFF waits two seconds for some answers and eight for a click. Where an answer or this process took longer than these
 * milliseconds because the machine was busy, the scene proves nothing, and is played again alone.
 */
const busyMs = 1_200;
const mostTimes = 5;

/** @returns A promise for each scene, by its id. */
export function playScenes(engine: Engine, scenes: readonly Scene[]): Map<string, Promise<Outcome>> {
  const outcomes = new Map<string, Promise<Outcome>>();
  const queue: Turn[] = [];
  for (const scene of scenes) {
    const promise = new Promise<Outcome>((resolve) => queue.push({ scene, resolve }));
    outcomes.set(scene.id, promise);
  }
  queue.sort((one, other) => Number(slow.includes(other.scene.id)) - Number(slow.includes(one.scene.id)));
  void playAll(engine, queue);
  return outcomes;
}

interface Turn {
  scene: Scene;
  resolve(outcome: Outcome): void;
}

async function playAll(engine: Engine, queue: Turn[]): Promise<void> {
  const again: Turn[] = [];
  const work = async () => {
    for (let turn = queue.shift(); turn; turn = queue.shift()) if (!(await playOnce(engine, turn, false))) again.push(turn);
  };
  await Promise.all(Array.from({ length: lanes }, work));
  for (const turn of again) for (let times = 2; !(await playOnce(engine, turn, times === mostTimes)); times += 1);
}

/** @param isLast Whether the result counts in any case. @returns Whether it counted. */
async function playOnce(engine: Engine, { scene, resolve }: Turn, isLast: boolean): Promise<boolean> {
  const pulse = takePulse();
  let outcome: Outcome;
  let wasBusy = false;
  try {
    const played = await playOn(engine, scene);
    wasBusy = !slowInBff.includes(scene.id) && slowestOf(played) > busyMs;
    outcome = { transcript: transcribe(scene, played) };
  } catch (failure) {
    wasBusy = true;
    outcome = { failure };
  }
  if (!isLast && (pulse.stop() > busyMs || wasBusy)) return false;
  resolve(outcome);
  return true;
}

async function playOn(engine: Engine, scene: Scene): Promise<Played> {
  const database = await engine.create();
  try {
    return await playScene(scene, database.url);
  } finally {
    await database.drop();
  }
}

const slowestOf = ({ messages }: Played): number => Math.max(0, ...messages.map(({ took }) => took));

/** The longest time that this process was blocked, milliseconds. */
function takePulse(): { stop(): number } {
  let last = performance.now();
  let longest = 0;
  const beat = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const timer = setInterval(beat, 50);
  return {
    stop() {
      clearInterval(timer);
      beat();
      return longest;
    },
  };
}
