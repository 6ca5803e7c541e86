/** What the `data-*` attributes of the script tag ask for. */
import type { MountOptions } from './mount-element.ts';

export interface ScriptOptions {
  /** A selector; without it the checkout stands where the script tag stands. */
  target: string | undefined;
  options: MountOptions;
}

/** Null where the page only wants the element defined: neither a client secret nor a target is given. */
export function readScriptOptions(script: HTMLScriptElement): ScriptOptions | null {
  const { target, clientSecret, apiBase, locale, theme, methods, method } = script.dataset;
  if (!clientSecret && !target) return null;
  const given = { clientSecret, apiBase, locale, theme, methods, method };
  const options = Object.fromEntries(Object.entries(given).filter(([, value]) => value)) as MountOptions;
  return { target, options };
}
