/** The module `pay-desk/loader`: puts the script tag on the page from code, and tries again where it does not load. */
import { ofDocument } from '../browser.ts';
import { ownGlobal, type PayDeskGlobal } from './pay-desk-global.ts';
import { showFallbacks } from './show-fallbacks.ts';

export interface LoadOptions {
  /** `https://<BFF>/v1/pay-desk.js`, or a pinned build. Default: beside this module, where the BFF serves it. */
  src?: string | URL;
  /** `sha384-…` of a pinned build, from `GET /v1/integrity.json`. */
  integrity?: string;
  /** Number of tries, the first included. Default: 3. */
  retries?: number;
}

let loading: Promise<PayDeskGlobal | null> | undefined;

/**
 * Resolves with `window.PayDesk` when the code of the element has loaded. Calling it again does not add the script again.
 * Resolves with null on a server, and when every try failed: then each `<pay-desk>` on the page has fired `pay-load-error` and
 * shows its `fallback` slot, and the next call tries again.
 */
export function loadPayDesk(options: LoadOptions = {}): Promise<PayDeskGlobal | null> {
  if (typeof document === 'undefined') return Promise.resolve(null);
  loading ??= load(options).then((payDesk) => {
    if (!payDesk) loading = undefined;
    return payDesk;
  });
  return loading;
}

const moduleUrl = import.meta.url;
/** Some blockers and networks neither answer nor refuse. */
const timeoutMs = 20_000;

async function load({
  src = new URL('pay-desk.js', moduleUrl),
  integrity,
  retries = 3,
}: LoadOptions): Promise<PayDeskGlobal | null> {
  const url = new URL(src, location.href);
  for (let nth = 1; nth <= retries; nth++) {
    if (nth > 1) await pause(500 * 3 ** (nth - 2));
    // Browsers remember a module that failed, by its address. Another address is really requested.
    if (nth > 1) url.searchParams.set('try', String(nth));
    if (!ownGlobal()) await Promise.race([addScript(url.href, integrity), pause(timeoutMs)]);
    const payDesk = ownGlobal();
    if (payDesk && (await Promise.race([isReady(payDesk), pause(timeoutMs)]))) return payDesk;
    // The script has tried three times itself, and has shown the fallbacks.
    if (payDesk && !ownGlobal()) return null;
  }
  showFallbacks(document);
  return null;
}

/** Whether the element's code has loaded. If not, `window.PayDesk` is removed, so that another script can take its place. */
const isReady = (payDesk: PayDeskGlobal): Promise<boolean> =>
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

interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): unknown };
}

/** A page with `require-trusted-types-for 'script'` allows a script address only if a policy that it names has made it. */
function trusted(url: string): unknown {
  const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory };
  // In a browser without trusted types, `<a id="trustedTypes">` would be in their place.
  if (typeof trustedTypes?.createPolicy !== 'function') return url;
  return trustedTypes.createPolicy('pay-desk', { createScriptURL: (same) => same }).createScriptURL(url);
}

const pause = (ms: number): Promise<null> => new Promise((resolve) => setTimeout(() => resolve(null), ms));
