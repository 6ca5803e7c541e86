/** A chunk of the widget that does not come, until it is found again. Only where nothing on the page has asked for it before. */
import { HttpResponse, http, passthrough } from 'msw';
import { worker } from './fake-bff.ts';

/** `path` from the root of the repository. Call it after the last `new FakeBff`. Returns how it is found again. */
export function loseChunk(path: string): () => void {
  let lost = true;
  worker.use(http.get(`*/${path}`, () => (lost ? HttpResponse.error() : passthrough())));
  return () => {
    lost = false;
  };
}
