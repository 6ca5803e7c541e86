/**
 * What the BFF serves lies beside each file once more as brotli and as gzip, made here at their strongest: a server that compressed for each
 * request could not afford that, and one that does not at all sends three times the bytes to a phone. Only what gets smaller is kept.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** @param folders By environment: what is complete once that one is built, in files or folders. */
export const compressServed = (folders: Record<string, readonly string[]>): Plugin => ({
  name: 'compress-served',
  enforce: 'post',
  applyToEnvironment: ({ name }) => name in folders,
  closeBundle: {
    order: 'post',
    sequential: true,
    handler() {
      for (const path of folders[this.environment.name] ?? []) for (const file of textsIn(path)) compress(file);
    },
  },
});

/** The pages are not among them: the server writes into them whose they are. */
function textsIn(path: string): string[] {
  if (/\.(js|css|svg|json)$/.test(path)) return existsSync(path) ? [path] : [];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(js|css|svg|json)$/.test(name))
    .map((name) => join(path, name));
}

function compress(file: string): void {
  const text = readFileSync(file);
  const brotli = brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    },
  });
  for (const [ending, bytes] of [
    ['br', brotli],
    ['gz', gzipSync(text, { level: 9 })],
  ] as const) {
    if (bytes.length < text.length) writeFileSync(`${file}.${ending}`, bytes);
  }
}
