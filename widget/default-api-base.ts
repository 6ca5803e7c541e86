/** Where the BFF is unless the page says otherwise: the origin this script came from; '' where that is not known, which opens no payment. */
const address: string = import.meta.url;

export const defaultApiBase = address && new URL(address).origin;
