/**
 * The headers of the shop's pages: a strict policy with Trusted Types, under which the widget has to work. A merchant copies
 * from it the four lines that name Pay Desk.
 */

/** @param bffOrigin Where `/v1/pay-desk.js` and the plugin window come from. */
export const pageHeaders = (bffOrigin: string): Record<string, string> => ({
  'content-security-policy': [
    "default-src 'none'",
    `script-src 'self' ${bffOrigin}`,
    `connect-src 'self' ${bffOrigin}`,
    `frame-src 'self' ${bffOrigin}`,
    "require-trusted-types-for 'script'; trusted-types lit-html pay-desk 'allow-duplicates'",
    "style-src 'self'",
    "img-src 'self' data:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
});
