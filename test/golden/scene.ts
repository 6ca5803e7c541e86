/** A scene, played with a demo of its own, whose HTTP messages are recorded: a state of the QA page, or a story. */
import type { StillDemo } from './still-demo.ts';

export interface Scene {
  /** Name of its file. */
  id: string;
  words: string;
  /** Runs in a page environment: see `page-environment.ts`. */
  play(still: StillDemo): Promise<void>;
}
