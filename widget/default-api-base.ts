/** Where the BFF is unless the page says otherwise: the origin this script came from. */
export const defaultApiBase = new URL(import.meta.url).origin;
