/** The code blocks of a document, so that a test runs exactly what a reader copies. */
import { readFileSync } from 'node:fs';

export interface Block {
  /** The heading above it. */
  section: string;
  /** As after the opening fence; empty where nothing is. */
  language: string;
  /** The name of the file that the block is, if it is one. */
  file: string | undefined;
  text: string;
}

/** @param document Its address. @returns its blocks in their order */
export function blocksOf(document: URL): Block[] {
  const blocks: Block[] = [];
  let section = '';
  let open: Block | null = null;
  for (const line of readFileSync(document, 'utf8').split('\n')) {
    const fence = /^```(\S*) ?(\S*)$/.exec(line);
    if (open && fence) {
      blocks.push(open);
      open = null;
    } else if (open) open.text += `${line}\n`;
    else if (fence) open = { section, language: fence[1] ?? '', file: fence[2] || undefined, text: '' };
    else section = /^#+ (.*)$/.exec(line)?.[1] ?? section;
  }
  if (open) throw new Error(`A block of "${open.section}" is not closed.`);
  return blocks;
}
