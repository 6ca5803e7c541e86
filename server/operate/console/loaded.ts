/** What a page has read from the server: it is kept when the next reading fails, and an answer that comes too late is dropped. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type Failure, failureOf } from './failure.ts';

/** One thing, e.g. a payment. */
export class Loaded<Data> implements ReactiveController {
  data: Data | null = null;
  /** Why the last reading failed; null if it did not. */
  failure: Failure | null = null;
  busy = false;
  readonly #host: ReactiveControllerHost;
  readonly #load: () => Promise<Data>;
  #turn = 0;

  constructor(host: ReactiveControllerHost, load: () => Promise<Data>) {
    this.#host = host;
    this.#load = load;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#turn += 1;
  }

  /** Forgets what was read, because something else is wanted now. */
  clear(): void {
    this.#turn += 1;
    this.data = null;
    this.failure = null;
    this.busy = false;
  }

  async refresh(): Promise<void> {
    const turn = ++this.#turn;
    this.busy = true;
    this.#host.requestUpdate();
    try {
      const data = await this.#load();
      if (turn !== this.#turn) return;
      this.data = data;
      this.failure = null;
    } catch (error) {
      if (turn !== this.#turn) return;
      this.failure = failureOf(error);
    }
    this.busy = false;
    this.#host.requestUpdate();
  }
}

export interface Page<Item> {
  items: readonly Item[];
  next: string | null;
}

/** A list that is read by cursor. */
export class LoadedList<Item> implements ReactiveController {
  items: readonly Item[] | null = null;
  next: string | null = null;
  failure: Failure | null = null;
  busy = false;
  readonly #host: ReactiveControllerHost;
  readonly #load: (after: string | null) => Promise<Page<Item>>;
  /** How many pages are shown. */
  #shown = 1;
  #turn = 0;

  /** @param load Reads the page after a cursor; null: the first one. */
  constructor(host: ReactiveControllerHost, load: (after: string | null) => Promise<Page<Item>>) {
    this.#host = host;
    this.#load = load;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#turn += 1;
  }

  /** Reads the first page of another list. */
  restart(): Promise<void> {
    this.items = null;
    this.#shown = 1;
    return this.refresh();
  }

  /** Reads again as many pages as are shown. */
  refresh(): Promise<void> {
    return this.#run(async () => {
      let page = await this.#load(null);
      const items = [...page.items];
      for (let number = 1; number < this.#shown && page.next; number += 1) {
        page = await this.#load(page.next);
        items.push(...page.items);
      }
      return { items, next: page.next };
    });
  }

  more(): Promise<void> {
    return this.#run(async () => {
      const page = await this.#load(this.next);
      this.#shown += 1;
      return { items: [...(this.items ?? []), ...page.items], next: page.next };
    });
  }

  async #run(read: () => Promise<Page<Item>>): Promise<void> {
    const turn = ++this.#turn;
    this.busy = true;
    this.#host.requestUpdate();
    try {
      const { items, next } = await read();
      if (turn !== this.#turn) return;
      this.items = items;
      this.next = next;
      this.failure = null;
    } catch (error) {
      if (turn !== this.#turn) return;
      this.failure = failureOf(error);
    }
    this.busy = false;
    this.#host.requestUpdate();
  }
}

/** Does something again and again while the page can be seen, and at once when it can be seen again. */
export class Repeat implements ReactiveController {
  readonly #milliseconds: number;
  readonly #act: () => void;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: ReactiveControllerHost, milliseconds: number, act: () => void) {
    this.#milliseconds = milliseconds;
    this.#act = act;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#start);
    this.#schedule();
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#start);
    clearInterval(this.#timer);
  }

  readonly #start = (): void => {
    if (!document.hidden) this.#act();
    this.#schedule();
  };

  #schedule(): void {
    clearInterval(this.#timer);
    if (!document.hidden) this.#timer = setInterval(this.#act, this.#milliseconds);
  }
}
