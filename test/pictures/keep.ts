/** `npm run pictures:keep -- <folder> [state…]`: draws the states into a folder outside the repository. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawAll, wanted } from './draw-all.ts';

const { folder, states } = wanted();
await mkdir(folder, { recursive: true });
const count = await drawAll(states, (name, png) => writeFile(join(folder, name), png));
console.log(`${count} pictures in ${folder}`);
process.exit(0);
