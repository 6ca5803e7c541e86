/** Where a plugin window lies, and the secret it is to be told. The secret goes by message: no address, no history holds it. */
import type { FrameOptions } from './frame-options.ts';

export interface WindowAddress {
  url: URL;
  clientSecret: string | undefined;
}

/**
 * @param origin The BFF that the script came from.
 * @throws Error when the window is not one of this BFF: it would be handed the secret.
 */
export function windowAddress(origin: string, options: FrameOptions): WindowAddress {
  if (!hasPluginUrl(options)) {
    const url = new URL('/plugin/', origin);
    url.searchParams.set('merchant', options.merchant);
    return { url, clientSecret: options.clientSecret };
  }
  const url = new URL(options.pluginUrl);
  if (url.origin !== origin) throw new Error(`PayDesk: this plugin window is not one of ${origin}.`);
  const clientSecret = url.hash.slice(1) || undefined;
  url.hash = '';
  return { url, clientSecret };
}

/** Of its own: another script of the page may have given every object one. */
const hasPluginUrl = (options: FrameOptions): options is Extract<FrameOptions, { pluginUrl: unknown }> =>
  Object.hasOwn(options, 'pluginUrl');
