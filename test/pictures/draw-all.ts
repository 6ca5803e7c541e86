/** Draws all pictures: each state of the QA page in two widths and two themes. */
import { parseArgs } from 'node:util';
import { customerStates } from '../../demo/page/states/customer-states.ts';
import { launchChromium } from '../support/chromium.ts';
import { engines } from '../support/engines.ts';
import { drawState, widths } from './draw-state.ts';

/** Switches that make frames complete and pixels reproducible. */
const switches = [
  '--run-all-compositor-stages-before-draw',
  '--disable-new-content-rendering-timeout',
  '--disable-partial-raster',
  '--num-raster-threads=1',
  '--force-color-profile=srgb',
];

/** How many pages are drawn at once. */
const lanes = 3;

/** Reads `<folder> [state…]`, the arguments of both commands. */
export function wanted(): { folder: string; states: string[] } {
  const [folder, ...states] = parseArgs({ allowPositionals: true }).positionals;
  if (!folder) {
    console.error('Which folder? One outside the repository, e.g. npm run pictures:keep -- ../pictures');
    process.exit(1);
  }
  return { folder, states };
}

/** @param states Ids; none: all. @param drawn Is called with each picture and its file name. @returns How many there were. */
export async function drawAll(states: readonly string[], drawn: (name: string, png: Buffer) => Promise<void>): Promise<number> {
  const [engine] = engines;
  const all = customerStates.flatMap(([, ofKind]) => ofKind).filter(({ id }) => states.length === 0 || states.includes(id));
  const queue = all.flatMap((state) => widths.map((width) => ({ state, width })));
  const browser = await launchChromium(switches);
  let count = 0;
  const work = async () => {
    for (let next = queue.shift(); next && engine; next = queue.shift()) {
      const { state, width } = next;
      for (const [theme, png] of await drawState(browser, engine, state, width).catch((cause: unknown) => {
        throw new Error(`${state.id} at ${width} could not be drawn`, { cause });
      })) {
        count += 1;
        await drawn(`${state.id}-${width}-${theme}.png`, png);
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: lanes }, work));
  } finally {
    await browser.close();
  }
  return count;
}
