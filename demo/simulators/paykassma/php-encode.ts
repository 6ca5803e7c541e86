/**
 * JSON as PHP's `json_encode` writes it. Made from JavaScript's own text on purpose, and not by the code that checks
 * signatures: a mistake of the one must not be covered up by the other.
 */
export function phpEncode(value: unknown, { unescaped }: { unescaped: boolean }): string {
  const json = JSON.stringify(value).replace(/[\u2028\u2029]/g, unicode);
  return unescaped ? json : json.replaceAll('/', '\\/').replace(/[\u0080-\uffff]/g, unicode);
}

const unicode = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
