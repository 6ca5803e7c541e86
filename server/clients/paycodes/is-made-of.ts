/** Whether a code consists of the signs of its pattern, which is a set of signs and not a regular expression (paycodes.md §2.3). */
export function isMadeOf(code: string, signs: string): boolean {
  const known = new Set(signs);
  return [...code].every((sign) => known.has(sign));
}
