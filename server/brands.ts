/**
 * The pictures that the merchants file may name: the merchant's logo, and the marks of the brands that its customers pay with. Their
 * owners give them to merchants and not to us, so this product contains none: it draws signs of its own where no picture is named or
 * it does not load.
 */
import * as z from 'zod';
import { isSafeUrl } from './config-error.ts';
import { wallets } from './methods/wallet/wallets.ts';

/** Its origin is written into a policy, where `*` and `;` in a host would mean something. */
export const isPicture = (text: string): boolean => isSafeUrl(text) && /^[\w.:[\]-]+$/.test(new URL(text).host);

/** A picture in the file itself. Nothing but base64, so that it can end neither an attribute nor a policy. */
const isPictureData = (text: string): boolean =>
  /^data:image\/(?:png|webp|svg\+xml);base64,(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text);

/** Characters of one picture, and of all: every answer to the checkout carries them. */
const longest = 8000;
const longestTogether = 24_000;

/** Any other brand is a wallet. */
const cardBrands = ['payme', 'uzcard', 'humo'];

/** By brand: `payme`, `uzcard`, `humo`, or a wallet as `methods.wallet.wallets` names it. */
export const Brands = z.record(z.string(), z.string()).superRefine((brands, check) => {
  const wrong = (path: string[], message: string) => check.addIssue({ code: 'custom', path, message });
  for (const [brand, picture] of Object.entries(brands)) {
    if (!cardBrands.includes(brand) && !wallets.has(brand))
      wrong([brand], `expected one of ${[...cardBrands, ...wallets.keys()].join(', ')}`);
    else if (picture.length > longest || !(isPicture(picture) || isPictureData(picture)))
      wrong(
        [brand],
        `expected the address of a picture (https, or http on this machine), or data:image/png;base64, webp or svg+xml, of at most ${longest} characters`,
      );
  }
  if (Object.values(brands).join('').length > longestTogether) wrong([], `expected at most ${longestTogether} characters in all`);
});
