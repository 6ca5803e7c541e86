/** The browsers of `npm run test:browsers`, and what these tests need of each. */
import { puppeteerEngine } from './puppeteer-engine.ts';
import { webKitEngine } from './webkit-engine.ts';

/** A tab. All coordinates are CSS pixels of its viewport, also inside frames. */
export interface Tab {
  goto(url: string): Promise<void>;
  /**
   * Runs a function in a document, which therefore cannot refer to anything outside of itself.
   * @param frames Selectors of the frames on the way, outermost first; none: the tab's own document.
   */
  run<Args extends unknown[], Result>(
    frames: readonly string[],
    inPage: (...args: Args) => Result,
    ...args: Args
  ): Promise<Awaited<Result>>;
  /** Real input, of which the page cannot tell that it is a test. */
  clickAt(x: number, y: number): Promise<void>;
  type(text: string): Promise<void>;
}

export interface RunningEngine {
  /** Name and version, as the browser says. */
  version: string;
  tab: Tab;
  close(): Promise<void>;
}

export interface Engine {
  name: 'Chromium' | 'Firefox' | 'WebKit';
  /** What is missing here and how it is installed; null where the engine can be tested. */
  missing: string | null;
  launch(): Promise<RunningEngine>;
}

const wanted = process.env.ENGINES?.toLowerCase().split(',');

/** `ENGINES=firefox,webkit` chooses some. */
export const engines: readonly Engine[] = [puppeteerEngine('Chromium'), puppeteerEngine('Firefox'), webKitEngine].filter(
  ({ name }) => wanted?.includes(name.toLowerCase()) ?? true,
);

/** An engine that was asked for by name, or by a build server, may not be missing in silence. */
export function skipOrFail({ name, missing }: Engine): string | false {
  if (missing === null) return false;
  if (wanted || process.env.CI) throw new Error(`${name} cannot be tested: ${missing}`);
  console.error(`NOT TESTED in ${name}: ${missing}`);
  return missing;
}
