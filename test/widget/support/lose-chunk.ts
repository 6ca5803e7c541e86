/** A chunk of the widget that does not come, until it is found again. Only where nothing on the page has asked for it before. */
import { HttpResponse, http, passthrough } from 'msw';
import { worker } from './fake-bff.ts';

/** `path` from the root of the repository. Call it after the last `new FakeBff`. Returns how it is found again. */
export async function loseChunk(path: string): Promise<() => void> {
  let lost = true;
  worker.use(http.get(`${location.origin}/${path}`, () => (lost ? HttpResponse.error() : passthrough())));
  // An earlier page may have left it in the browser's memory, from which an import would be answered; a refusal takes it out.
  await fetch(`/${path}`).catch(() => undefined);
  return () => {
    lost = false;
  };
}
