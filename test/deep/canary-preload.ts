/**
 * Plants one bug into a BFF process when its source is loaded (`--import`, before `server/main.ts`). The product knows nothing of
 * it.
 */
import { registerHooks } from 'node:module';
import { canaries } from './canaries.ts';
import { stepCanaries } from './in-process/step-canaries.ts';

const canary = [...canaries, ...stepCanaries].find(({ name }) => name === process.env.CANARY);
if (!canary) throw new Error(`there is no canary ${process.env.CANARY}`);
const files = Map.groupBy(canary.edits, ({ file }) => new URL(`../../server/${file}`, import.meta.url).href);

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    const edits = files.get(url);
    if (!edits) return loaded;
    const source = edits.reduce((text, { find, replace }) => {
      if (text.split(find).length !== 2) throw new Error(`the canary cannot be planted: ${url} does not have, once: ${find}`);
      return text.replace(find, () => replace);
    }, String(loaded.source));
    return { ...loaded, source };
  },
});
