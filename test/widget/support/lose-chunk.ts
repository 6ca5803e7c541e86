/** Makes a chunk of the widget fail to load until it is restored. Works only where nothing on the page has loaded it before. */
import { HttpResponse, http, passthrough } from 'msw';
import { worker } from './fake-bff.ts';

/** Call it after the last `new FakeBff`. @param path From the root of the repository. @returns A function that restores it. */
export async function loseChunk(path: string): Promise<() => void> {
  let lost = true;
  worker.use(http.get(`${location.origin}/${path}`, () => (lost ? HttpResponse.error() : passthrough())));
  // An earlier page may have left it in the browser's cache, from which an import would be answered; a failed request removes it.
  await fetch(`/${path}`).catch(() => undefined);
  return () => {
    lost = false;
  };
}
