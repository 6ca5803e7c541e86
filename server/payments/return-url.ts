/**
 * Where a customer may be sent when a payment is over. One rule for every way an address can come in: an open redirect would
 * lend our name, and the moment after paying, to whoever wrote it.
 */
import type { Merchant } from './model/ports.ts';

/**
 * Read once, as browsers read it, and written anew, so that no second reader can see another host in the same text.
 * @returns The address in that spelling; null unless it is http(s), names no user, and leads to an origin on the merchant's
 * list or is one of the merchant's registered addresses.
 */
export function returnUrl(merchant: Merchant, text: string): string | null {
  // Browsers drop or turn some signs before they read; whoever writes those wants to be read in two ways.
  if (!plain.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.username || url.password) return null;
  const home = merchant.allowedOrigins.includes(url.origin) || isRegistered(merchant, url.href);
  return home ? url.href : null;
}

/** Web addresses only (`blob:https://shop.example/…` has the shop's origin too), without spaces, controls, invisible signs and the backslash. */
const plain = /^https?:\/\/[^\s\p{C}\\]{1,2000}$/iu;

const isRegistered = ({ returnUrls = {} }: Merchant, href: string): boolean =>
  Object.values(returnUrls).some((registered) => new URL(registered).href === href);
