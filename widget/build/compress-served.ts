/**
 * Writes each served file once more as brotli and as gzip, compressed as strongly as possible. A server that compressed for each
 * request could not afford that, and without compression a phone downloads three times the bytes. A copy is kept only if it is
 * smaller.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** @param folders By the name of an environment: the files and folders that are complete once it is built. */
export const compressServed = (folders: Record<string, readonly string[]>): Plugin => ({
  name: 'compress-served',
  enforce: 'post',
  applyToEnvironment: ({ name }) => name in folders,
  closeBundle: {
    order: 'post',
    sequential: true,
    handler() {
      for (const path of folders[this.environment.name] ?? []) for (const file of filesIn(path)) compress(file);
    },
  },
});

/** HTML pages are not compressed, because the server writes the merchant's origins into them. */
function filesIn(path: string): string[] {
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
