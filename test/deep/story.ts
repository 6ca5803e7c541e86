/** The events of a schedule in order, and those of one payment. */

export interface StoryEvent {
  /** Simulated milliseconds since the epoch. */
  at: number;
  /** The payment or order that it concerns; null where it concerns all. */
  about: string | null;
  text: string;
}

export interface Story {
  add(about: string | null, text: string, at?: number): void;
  events(): readonly StoryEvent[];
}

export function createStory(now: () => number): Story {
  const events: StoryEvent[] = [];
  return {
    add: (about, text, at = now()) => void events.push({ at, about, text }),
    events: () => events,
  };
}

/** The events of one payment, with those that concern all between its first and last, one per line. */
export function storyOf(events: readonly StoryEvent[], names: ReadonlySet<string>, origin: number): string {
  const own = events.filter(({ about }) => about !== null && names.has(about)).map(({ at }) => at);
  const first = Math.min(...own);
  const last = Math.max(...own);
  return events
    .filter(({ about, at }) => (about === null ? at >= first && at <= last : names.has(about)))
    .toSorted((one, other) => one.at - other.at)
    .map(({ at, text }) => `  ${`+${((at - origin) / 1000).toFixed(1)}s`.padStart(10)}  ${text}`)
    .join('\n');
}
