/** Texts by their names, in as many records as the messages need that carry them. */
import { largest } from '../../bridge/channel.ts';

/** Bytes that are left for the texts when all else of a message is counted. */
const room = largest - 200;

/** In the order given. A text that fills a message alone is the sender's to avoid. */
export function packTexts(texts: Iterable<readonly [name: string, text: string]>): Record<string, string>[] {
  const packs: Record<string, string>[] = [];
  let pack: Record<string, string> = {};
  let left = 0;
  for (const [name, text] of texts) {
    const size = new TextEncoder().encode(JSON.stringify({ [name]: text })).length;
    if (size > left) {
      pack = {};
      packs.push(pack);
      left = room;
    }
    left -= size;
    pack[name] = text;
  }
  return packs;
}
