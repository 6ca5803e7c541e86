/**
 * Where a customer may be sent after paying. Every address is checked by this one rule, however it comes in: an open redirect
 * would let anybody send customers to a fake page under our name.
 */
import type { Merchant } from './model/ports.ts';

/**
 * Parses the address as browsers do and spells it anew, so that no other parser can read another host from the same text.
 * @returns The address in that spelling. Null unless it is http(s), has no user name, and leads to an allowed origin of the
 * merchant or is one of the merchant's registered addresses.
 */
export function returnUrl(merchant: Merchant, text: string): string | null {
  // Browsers drop or replace some characters before they parse (tabs, line ends, backslashes). An address with those could name one
  // host here and another there, so it is refused.
  if (!plain.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.username || url.password) return null;
  const allowed = merchant.allowedOrigins.includes(url.origin) || isRegistered(merchant, url.href);
  return allowed ? url.href : null;
}

/**
 * Only http(s), because `blob:https://shop.example/…` has the shop's origin too. No spaces, control or invisible characters,
 * no backslash.
 */
const plain = /^https?:\/\/[^\s\p{C}\\]{1,2000}$/iu;

const isRegistered = ({ returnUrls = {} }: Merchant, href: string): boolean =>
  Object.values(returnUrls).some((registered) => new URL(registered).href === href);
