/** What may cross as a custom property: a colour, a length, a font, but nothing that fetches or ends the declaration. At most 200 signs. */
export const tokenGrammar = {
  name: /^--pay-[a-z0-9-]{1,40}$/,
  value: /^(?!.*(?:url|image|image-set|src|element)\s*\()[^;{}\\<>@]{0,200}$/is,
};

/** Where a text of the merchant's own belongs: `codeLabel`, `problems.code_used`, `card.getCode`, or in one language only, `my.codeLabel`. */
export const translationPath =
  /^(?:(?:en|my|ru|uz|pl)\.)?(?:(?:transfer|card)\.)?(?:(?:titles|methods|problems)\.)?[a-z][a-zA-Z_]{0,40}$/;
