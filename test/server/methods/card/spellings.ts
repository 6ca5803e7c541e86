/** A secret in every encoding in which it could be stored or logged: plain, base64 at each alignment, hex, URL-encoded. */
export function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const hex = bytes.toString('hex');
  return [
    secret,
    encodeURIComponent(secret),
    encodeURIComponent(secret).replaceAll('%20', '+'),
    [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
    hex,
    hex.toUpperCase(),
    ...[0, 1, 2].flatMap((shift) => inBase64(bytes, shift)),
  ];
}

/** The part of its base64 that does not depend on the bytes before and after it. */
function inBase64(bytes: Buffer, shift: number): string[] {
  const text = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replaceAll('=', '');
  const inner = text.slice(shift === 0 ? 0 : shift + 1, -2);
  return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
}
