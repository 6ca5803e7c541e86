/** The token of `Authorization: Bearer <token>`; undefined where there is none. The scheme's case does not matter (RFC 9110). */
export const bearerToken = (header: string | undefined): string | undefined => /^bearer +(\S+) *$/i.exec(header ?? '')?.[1];
