/** How many bytes a browser downloads for a page or a script, as a server really answers it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

interface Fetched {
  /** Size of the body as it was sent. */
  bytes: number;
  text: string;
}

async function fetchAs(origin: string, encoding: 'br' | 'gzip', path: string): Promise<Fetched> {
  const request = get(new URL(path, origin), { headers: { 'accept-encoding': encoding }, agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const body = Buffer.concat(await response.toArray());
  assert.equal(response.statusCode, 200, path);
  const encoded = response.headers['content-encoding'] ?? 'identity';
  // A few lines only grow by compression.
  assert.ok(encoded === encoding || body.length < 200, `${path} came as ${encoded}`);
  const plain = encoded === 'br' ? brotliDecompressSync(body) : encoded === 'gzip' ? gunzipSync(body) : body;
  return { bytes: body.length, text: plain.toString() };
}

/**
 * Loads a file and everything it needs at once: the imports of a script, the scripts and style sheets of a page.
 * @param seen Bytes by path; what is there already is not loaded again.
 * @returns `seen`, with what was loaded.
 */
export async function loadServed(
  origin: string,
  encoding: 'br' | 'gzip',
  path: string,
  seen: Map<string, number> = new Map(),
): Promise<Map<string, number>> {
  if (seen.has(path)) return seen;
  const { bytes, text } = await fetchAs(origin, encoding, path);
  seen.set(path, bytes);
  const needs = path.endsWith('.js')
    ? text.matchAll(/(?:\bfrom|\bimport)\s*["'`](\.[^"'`]+\.js)["'`]/g)
    : text.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/g);
  for (const [, needed = ''] of needs) await loadServed(origin, encoding, new URL(needed, `http://x${path}`).pathname, seen);
  return seen;
}
