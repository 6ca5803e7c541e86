/** Which design tokens and which paths of translations may be sent to a frame. */

/** A colour, a length or a font, but nothing that fetches something or ends the declaration. At most 200 characters. */
export const tokenGrammar = {
  name: /^--pay-[a-z0-9-]{1,40}$/,
  value: /^(?!.*(?:url|image|image-set|src|element)\s*\()[^;{}\\<>@]{0,200}$/is,
};

/**
 * The path of a merchant's own text: `codeLabel`, `problems.code_used`, `transfer.captions.upi_id`, or for one language only,
 * `my.codeLabel` or `uz-Cyrl.codeLabel`. Every text of `Messages` has such a path.
 */
export const translationPath =
  /^(?:[a-z]{2}(?:-[A-Z][a-z]{3})?\.)?(?:(?:transfer|card|sms|page)\.)?(?:(?:titles|methods|currencies|problems|captions|how)\.)?[a-zA-Z][a-zA-Z0-9_]{0,40}$/;
