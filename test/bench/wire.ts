/** Measures how many bytes of brotli a customer downloads, as the built server answers. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { languageCodes } from '#contract';
import { engines } from '../support/engines.ts';
import { loadServed } from '../support/served-bytes.ts';
import { type BenchRun, durableDatabase, type Measurement } from './bench-run.ts';
import { createBench } from './built-server.ts';

const chunks = fileURLToPath(new URL('../../dist/widget/v1/chunks/', import.meta.url));

export const wire: Measurement = {
  name: 'wire',
  goals: ['wire-first', 'wire-one', 'wire-all', 'wire-loader'],
  skip: false,
  measure,
};

/** The chunks that a payment by each method fetches after the first form, by the beginnings of their names. */
const later = ['later-screens', 'notice'];
const methods = ['sms-form', 'wallet-form', 'card-form', 'around-card', 'requisites.styles'];

async function measure(run: BenchRun): Promise<void> {
  const [sqlite] = engines;
  if (!sqlite) throw new Error('SQLite is gone');
  const bench = await createBench();
  run.onEnd(() => bench.end());
  const { address, stop } = await bench.start((await durableDatabase(run, sqlite)).url, 1);
  run.onEnd(stop);

  const names = readdirSync(chunks).filter((name) => name.endsWith('.js'));
  const named = (beginning: string) => names.filter((name) => name.replace(/-[\w-]{8}\.js$/, '') === beginning);
  const seen = new Map<string, number>();
  const load = async (...paths: string[]): Promise<number> => {
    for (const path of paths) await loadServed(address, 'br', path, seen);
    return [...seen.values()].reduce((sum, bytes) => sum + bytes, 0);
  };
  const loadChunks = (beginnings: readonly string[]) => {
    const found = beginnings.map(named);
    if (found.some(({ length }) => length !== 1)) throw new Error(`the chunks ${beginnings.join(', ')} are not one each`);
    return load(...found.flat().map((name) => `/v1/chunks/${name}`));
  };
  run.find('wire-loader', { value: await load('/v1/pay-desk.js') });
  const first = await loadChunks(['element']);
  const window = new Map<string, number>();
  await loadServed(address, 'br', '/plugin/?merchant=shop', window);
  const ofWindow = [...window.values()].reduce((sum, bytes) => sum + bytes, 0);
  run.find('wire-first', { value: first, detail: `by script tag; the plugin window ${ofWindow.toLocaleString('en-US')}` });
  run.find('wire-one', { value: await loadChunks(later), detail: 'by script tag, in English' });
  await loadChunks(methods);
  const languages = languageCodes.filter((code) => code !== 'en' && named(code).length === 1);
  const whole = await Promise.all(
    languages.map(async (code) => {
      const own = new Map<string, number>();
      await loadServed(address, 'br', `/v1/chunks/${named(code)[0]}`, own);
      return { code, bytes: [...own.values()].reduce((sum, bytes) => sum + bytes, 0) };
    }),
  );
  const [largest] = whole.toSorted((one, other) => other.bytes - one.bytes);
  if (!largest) throw new Error('no language has a chunk');
  run.find('wire-all', {
    value: (await load()) + largest.bytes,
    detail: `by script tag, with the largest language, ${largest.code}`,
  });
}
