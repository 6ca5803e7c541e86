/**
 * Reads the merchants file again when it, or a file that it refers to, has changed, or when somebody requests it. A wrong file
 * changes nothing. The files are compared by their time and size every second and not watched, because a mounted file or a
 * replaced link causes no event.
 */
import { statSync } from 'node:fs';
import type { FastifyBaseLogger } from 'fastify';
import type { MerchantsFile, ReadMerchantsFile } from './merchants-file.ts';
import { storedSecretWarnings } from './stored-secrets.ts';

interface ReloaderDeps {
  read(): ReadMerchantsFile;
  apply(content: MerchantsFile): void;
  log: Pick<FastifyBaseLogger, 'info' | 'warn'>;
}

export interface Reloader {
  /** False if the file is wrong; then everything stays as it is. */
  reload(): boolean;
  /** Since when the file has been wrong, milliseconds since 1970; null if it is in force. */
  refusedSince(): number | null;
  stop(): void;
}

const everyMs = 1_000;

export function createReloader({ read, apply, log }: ReloaderDeps): Reloader {
  let files: readonly string[] = [];
  let loaded = '';
  let seen = '';
  let refusedSince: number | null = null;

  const readAgain = (): ReadMerchantsFile => {
    // Taken before the files are read, so that what changes meanwhile is noticed the next time.
    const before = stateOf(files);
    const result = read();
    const sameFiles = result.files.join() === files.join();
    files = result.files;
    loaded = sameFiles ? before : stateOf(files);
    seen = loaded;
    return result;
  };
  const putInForce = (content: MerchantsFile): void => {
    apply(content);
    for (const warning of storedSecretWarnings(content.merchants)) log.warn(warning);
  };
  const reload = (): boolean => {
    const result = readAgain();
    if (!result.content) {
      refusedSince ??= Date.now();
      log.warn({ mistakes: result.mistakes }, 'the merchants file is wrong, so the one before stays in force');
      return false;
    }
    refusedSince = null;
    putInForce(result.content);
    log.info({ count: result.content.merchants.length }, 'the merchants file is in force');
    return true;
  };
  const check = () => {
    const state = stateOf(files);
    // Only what has not changed for a moment is read: somebody may still be writing.
    if (state === seen && state !== loaded) reload();
    else seen = state;
  };
  // The file may have changed since the start has read it.
  const { content } = readAgain();
  if (content) putInForce(content);
  else refusedSince = Date.now();
  const timer = setInterval(check, everyMs).unref();
  return { reload, refusedSince: () => refusedSince, stop: () => clearInterval(timer) };
}

/** Changes whenever one of the files does. */
const stateOf = (files: readonly string[]): string =>
  files
    .map((file) => {
      const found = statSync(file, { throwIfNoEntry: false });
      return found ? `${found.ino}:${found.size}:${found.mtimeMs}` : 'absent';
    })
    .join();
