/** The range that JSON-RPC reserves for the service's own trouble; business errors lie outside. */
export const isProtocolError = (code: number | null): boolean => code !== null && code >= -32768 && code <= -32000;
