/** A customer in front of a tab, the same in every engine: looks, points, types, and waits for what is to be seen. */
import { waitFor } from '../support/wait-for.ts';
import type { Tab } from './engine.ts';
import { look, type Seen, selectTyped, visibleText } from './in-page.ts';

export interface Customer {
  /** Waits until it is there and does not move. @throws After 30 s on an idle machine. */
  find(selector: string, text?: string): Promise<Seen>;
  click(selector: string, text?: string): Promise<void>;
  /** Types into a field by the keyboard, over what is there. */
  fill(selector: string, text: string): Promise<void>;
  /** Waits for a text on the page. */
  sees(text: string | RegExp): Promise<string>;
  /** The customer's eyes in a frame of this document. */
  inFrame(selector: string): Customer;
  run: <Args extends unknown[], Result>(inPage: (...args: Args) => Result, ...args: Args) => Promise<Awaited<Result>>;
}

const patienceMs = 15_000;

export function customerAt(tab: Tab, frames: readonly string[] = []): Customer {
  const lookAt = (path: readonly string[], selector: string, text = '') => tab.run(path, look, selector, text);
  /** Null while a frame or the element is missing: a page that is still loading has neither. */
  const seen = (selector: string, text?: string) => lookAt(frames, selector, text).catch(() => null);
  const find = async (selector: string, text?: string): Promise<Seen> => {
    let before: Seen | null = null;
    return waitFor(async () => {
      const now = await seen(selector, text);
      const still = now && before && now.x === before.x && now.y === before.y;
      before = now;
      return still && now;
    }, patienceMs).catch(async (cause) => {
      const text = await tab.run(frames, visibleText).catch(String);
      throw new Error(`no ${selector} in “${text.slice(0, 600)}”`, { cause });
    });
  };
  /** Where the document of the innermost frame begins in the tab's viewport. */
  const offset = async (): Promise<[x: number, y: number]> => {
    let [x, y] = [0, 0];
    for (const [depth, selector] of frames.entries()) {
      const frame = await lookAt(frames.slice(0, depth), selector);
      x += frame?.left ?? 0;
      y += frame?.top ?? 0;
    }
    return [x, y];
  };
  const click = async (selector: string, text?: string) => {
    await find(selector, text);
    // The frames around it scroll into view first, and only then the element is where it will be clicked.
    const [left, top] = await offset();
    const { x, y } = await find(selector, text);
    await tab.clickAt(left + x, top + y);
  };
  return {
    find,
    click,
    async fill(selector, text) {
      // While a form is being drawn it may move between the look and the click, which then misses.
      await waitFor(async () => {
        await click(selector);
        return waitFor(async () => (await seen(selector))?.focused, 1_000).catch(() => false);
      }, patienceMs);
      await tab.run(frames, selectTyped);
      await tab.type(text);
    },
    sees: (text) =>
      waitFor(async () => {
        const all = await tab.run(frames, visibleText).catch(() => '');
        return (typeof text === 'string' ? all.includes(text) : text.test(all)) && all;
      }, 2 * patienceMs).catch(async (cause) => {
        const all = await tab.run(frames, visibleText).catch(String);
        throw new Error(`no “${text}” in “${all.slice(0, 600)}”`, { cause });
      }),
    inFrame: (selector) => customerAt(tab, [...frames, selector]),
    run: (inPage, ...args) => tab.run(frames, inPage, ...args),
  };
}
