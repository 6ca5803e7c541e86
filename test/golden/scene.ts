/** Something that is played before a demo of its own, and of which all that is said is recorded: a state of the QA page, or a story. */
import type { StillDemo } from './still-demo.ts';

export interface Scene {
  /** The name of its file. */
  id: string;
  words: string;
  /** Runs in the world of a page: see `page-world.ts`. */
  play(still: StillDemo): Promise<void>;
}
