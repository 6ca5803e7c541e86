/** Where a text of the merchant's own belongs: `codeLabel`, `problems.code_used`, or in one language only, `my.codeLabel`. */
export const wordPath = /^(?:(?:en|my|ru|uz|pl)\.)?(?:(?:titles|methods|problems)\.)?[a-z][a-zA-Z_]{0,40}$/;
