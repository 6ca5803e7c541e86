/** Where a text stops being JSON. The parser names the place only in some of its messages, and all of them may quote the text. */

/** One token of JSON, with the white space before it. */
const token =
  /\s*([{}[\],:]|"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/uy;

/**
 * @param cause What `JSON.parse` has thrown.
 * @returns e.g. `line 3, column 7`
 */
export function placeInJson(text: string, cause: unknown): string {
  const named = /at position (\d+)/.exec(cause instanceof Error ? cause.message : '')?.[1];
  const before = text.slice(0, named === undefined ? misplaced(text) : Number(named));
  const lines = before.split('\n');
  return `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`;
}

/** The index of what is no token, or of a token that stands where a value has to be; the end of the text if there is neither. */
function misplaced(text: string): number {
  let previous = '';
  token.lastIndex = 0;
  for (;;) {
    const at = token.lastIndex;
    const found = token.exec(text)?.[1];
    if (found === undefined) return at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
    const needsValue = [',', ':', '['].includes(previous) && !(previous === '[' && found === ']');
    if (needsValue && [',', ':', ']', '}'].includes(found)) return token.lastIndex - found.length;
    previous = found;
  }
}
