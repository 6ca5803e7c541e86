/** A scene, played with a demo of its own, whose HTTP messages are recorded: a state of the QA page, or a story. */
import type { FrozenDemo } from './frozen-demo.ts';

export interface Scene {
  /** Name of its file. */
  id: string;
  words: string;
  /** Runs in a page environment: see `page-environment.ts`. */
  play(frozen: FrozenDemo): Promise<void>;
}
