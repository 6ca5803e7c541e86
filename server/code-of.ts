/** The code of an error, or of what caused it, for a sentence: its text may quote anything, e.g. a password in a URL. */
export function codeOf(cause: unknown): string {
  const { code, cause: deeper } = Object(cause) as { code?: unknown; cause?: unknown };
  if (typeof code === 'string' && /^\w+$/.test(code)) return ` (${code})`;
  return deeper === undefined ? '' : codeOf(deeper);
}
