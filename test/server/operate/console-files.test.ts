/** The console's files on the operator's listener: who may do what with the page, how long it is kept, and that nothing else is served. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import Fastify from 'fastify';
import { consoleFiles, isConsoleBuilt } from '../../../server/operate/console-files.ts';
import { headers } from '../../../server/plugins/headers.ts';

const parent = mkdtempSync(join(tmpdir(), 'pay-desk-console-'));
const root = join(parent, 'operate');
mkdirSync(join(root, 'assets'), { recursive: true });
writeFileSync(join(root, 'index.html'), '<!doctype html><title>Pay Desk operator</title>');
writeFileSync(join(root, 'assets/console-Ab1.js'), 'export {};');
writeFileSync(join(root, 'assets/console-Ab1.js.br'), brotliCompressSync('export {};'));
writeFileSync(join(root, 'assets/console-Ab1.js.map'), '{}');
writeFileSync(join(parent, 'secret.js'), 'secret');

const app = Fastify();
app.register(headers, { publicUrl: new URL('http://127.0.0.1') });
app.register(consoleFiles, { root });
after(async () => {
  await app.close();
  rmSync(parent, { recursive: true });
});

it('the page runs only our scripts, calls only us, is framed by nobody and kept nowhere', async () => {
  const { statusCode, headers: given, body } = await app.inject({ url: '/' });
  assert.equal(statusCode, 200);
  assert.match(body, /Pay Desk operator/);
  assert.equal(
    given['content-security-policy'],
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; " +
      "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html",
  );
  assert.equal(given['cache-control'], 'no-store');
  assert.equal(given['x-content-type-options'], 'nosniff');
  assert.equal(given['referrer-policy'], 'no-referrer');
  assert.equal(given['set-cookie'], undefined);
});

it('an asset is kept for good, and comes compressed', async () => {
  const url = '/assets/console-Ab1.js';
  const { headers: given, rawPayload } = await app.inject({ url, headers: { 'accept-encoding': 'br' } });
  assert.equal(given['cache-control'], 'public, max-age=31536000, immutable');
  assert.equal(given['content-encoding'], 'br');
  assert.equal(brotliDecompressSync(rawPayload).toString(), 'export {};');
  assert.equal((await app.inject({ url })).body, 'export {};');
});

it('nothing else is served', async () => {
  for (const url of [
    '/index.html',
    '/assets/',
    '/assets/console-Ab1.js.map',
    '/assets/console-Ab1.js.br',
    '/assets/..%2f..%2fsecret.js',
    '/assets/none.js',
    '/secret.js',
  ])
    assert.equal((await app.inject({ url })).statusCode, 404, url);
});

it('a folder without the page is not taken for a build', () => {
  assert.equal(isConsoleBuilt(root), true);
  assert.equal(isConsoleBuilt(parent), false);
});
