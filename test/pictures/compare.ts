/**
 * `npm run pictures:compare -- <folder> [state…]`: draws the states again and prints which pictures differ from those that were
 * kept, by how many pixels. `<folder>/differences/` has a picture of each, with the differences in red.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchChromium } from '../support/chromium.ts';
import { comparePictures } from './compare-pictures.ts';
import { drawAll, wanted } from './draw-all.ts';

const { folder, states } = wanted();
const differences = join(folder, 'differences');
await rm(differences, { recursive: true, force: true });
const browser = await launchChromium();
let differing = 0;
const count = await drawAll(states, async (name, png) => {
  const kept = await readFile(join(folder, name)).catch(() => null);
  const found = kept && (kept.equals(png) ? { pixels: 0 } : await comparePictures(browser, kept, png));
  if (found?.pixels === 0) return;
  differing += 1;
  console.log(`${name}: ${found ? `${found.pixels} pixels` : 'was not kept'}`);
  await mkdir(differences, { recursive: true });
  await writeFile(join(differences, name), (found && 'difference' in found && found.difference) || png);
});
await browser.close();
console.log(`${count} pictures, ${differing} differ${differing ? `: see ${differences}` : ''}`);
process.exit(differing ? 1 : 0);
