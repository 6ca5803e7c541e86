/** Where a text of the merchant's own belongs: `codeLabel`, `problems.code_used`, `card.getCode`, or in one language only, `my.codeLabel`. */
export const wordPath =
  /^(?:(?:en|my|ru|uz|pl)\.)?(?:(?:transfer|card)\.)?(?:(?:titles|methods|problems)\.)?[a-z][a-zA-Z_]{0,40}$/;
