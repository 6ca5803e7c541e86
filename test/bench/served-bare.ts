/**
 * A copy of the build whose server also serves a page with a bare Lit form, by the same routes as the widget's own pages: compressed, with
 * the same headers and policy, in place of the page of the card frame.
 */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'vite';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Inside the repository, so that the copied server finds its dependencies. */
const copy = join(root, 'dist/bench');

export interface ServedBare {
  /** Of the copied server, relative to the repository. */
  entry: string;
  /** The path of the page. */
  path: string;
  remove(): void;
}

export async function serveBare(): Promise<ServedBare> {
  const remove = () => rmSync(copy, { recursive: true, force: true });
  remove();
  for (const part of ['server', 'widget']) cpSync(join(root, 'dist', part), join(copy, part), { recursive: true });
  const code = await bundle();
  const name = `bare-${createHash('sha256').update(code).digest('hex').slice(0, 8)}.js`;
  const chunks = join(copy, 'widget/v1/chunks');
  writeFileSync(join(chunks, name), code);
  writeFileSync(join(chunks, `${name}.br`), brotliCompressSync(code));
  const page = join(copy, 'widget/frame/card');
  mkdirSync(page, { recursive: true });
  writeFileSync(join(page, 'index.html'), pageWith(`/v1/chunks/${name}`));
  return { entry: 'dist/bench/server/main.js', path: '/frame/card/?merchant=shop', remove };
}

async function bundle(): Promise<string> {
  const { NODE_ENV } = process.env;
  const result = await build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    build: {
      write: false,
      target: 'es2022',
      modulePreload: { polyfill: false },
      rolldownOptions: { input: join(root, 'test/bench/bare-form.ts') },
    },
  });
  // Building sets it, and the simulators do not start where it is `production`.
  if (NODE_ENV === undefined) delete process.env.NODE_ENV;
  else process.env.NODE_ENV = NODE_ENV;
  const outputs = [result].flat().flatMap((one) => ('output' in one ? one.output : []));
  const chunk = outputs.find((one) => one.type === 'chunk');
  if (chunk?.type !== 'chunk') throw new Error('the bare form was not built');
  return chunk.code;
}

const pageWith = (script: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="pay-desk-parents" content=""><title>Payment</title><link rel="icon" href="data:,">
<bare-form></bare-form><script type="module" src="${script}"></script></html>`;
