/** `pay-desk/loader`: puts the script tag on the page from code, and copes where it does not come. */
import { ofDocument } from '../session/of-document.ts';
import { ownGlobal } from './own-global.ts';
import { showFallbacks } from './show-fallbacks.ts';
import type { PayDeskGlobal } from './start-pay-desk.ts';

export interface LoadOptions {
  /** `https://<BFF>/v1/pay-desk.js`, or a pinned one. Default: beside this module, as where the BFF itself serves it. */
  src?: string | URL;
  /** `sha384-…` of a pinned build, as `GET /v1/integrity.json` lists it. */
  integrity?: string;
  /** How often it is tried, the first time included. */
  retries?: number;
}

let loading: Promise<PayDeskGlobal | null> | undefined;

/**
 * Resolves with `window.PayDesk` once the element's code is there; the script is put on the page once, however often this is called.
 * Resolves with null on a server, and where every try failed: then each `<pay-desk>` on the page has fired `pay-load-error` and shows
 * its `fallback` slot, and the next call tries again.
 */
export function loadPayDesk(options: LoadOptions = {}): Promise<PayDeskGlobal | null> {
  if (typeof document === 'undefined') return Promise.resolve(null);
  loading ??= load(options).then((payDesk) => {
    if (!payDesk) loading = undefined;
    return payDesk;
  });
  return loading;
}

const here = import.meta.url;
/** Some blockers and networks neither answer nor refuse. Milliseconds. */
const patience = 20_000;

async function load({ src = new URL('pay-desk.js', here), integrity, retries = 3 }: LoadOptions): Promise<PayDeskGlobal | null> {
  const url = new URL(src, location.href);
  for (let nth = 1; nth <= retries; nth++) {
    if (nth > 1) await pause(500 * 3 ** (nth - 2));
    // Browsers remember a module that failed: another address is asked in earnest.
    if (nth > 1) url.searchParams.set('try', String(nth));
    if (!ownGlobal()) await Promise.race([addScript(url.href, integrity), pause(patience)]);
    const payDesk = ownGlobal();
    if (payDesk && (await Promise.race([settled(payDesk), pause(patience)]))) return payDesk;
    // The script has tried thrice for its own part, and told everybody.
    if (payDesk && !ownGlobal()) return null;
  }
  showFallbacks(document);
  return null;
}

/** Whether the element's code came; if not, the script makes room for another one. */
const settled = (payDesk: PayDeskGlobal): Promise<boolean> =>
  payDesk.ready.then(
    () => true,
    () => {
      if (window.PayDesk === payDesk) delete window.PayDesk;
      return false;
    },
  );

function addScript(url: string, integrity: string | undefined): Promise<void> {
  const script = ofDocument('createElement')('script');
  script.async = true;
  if (integrity) Object.assign(script, { integrity, crossOrigin: 'anonymous' });
  Object.assign(script, { src: trusted(url) });
  return new Promise((resolve) => {
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => {
      script.remove();
      resolve();
    });
    ofDocument('head').append(script);
  });
}

interface Policies {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): unknown };
}

/** A page under `require-trusted-types-for 'script'` lets only the policies load scripts that it names. */
function trusted(url: string): unknown {
  const { trustedTypes } = globalThis as { trustedTypes?: Policies };
  // Where a browser has none, `<a id="trustedTypes">` is one.
  if (typeof trustedTypes?.createPolicy !== 'function') return url;
  return trustedTypes.createPolicy('pay-desk', { createScriptURL: (same) => same }).createScriptURL(url);
}

const pause = (ms: number): Promise<null> => new Promise((resolve) => setTimeout(() => resolve(null), ms));
