/** What stands at a path inside an answer that nobody has checked; undefined where nothing does. */
export const fieldAt = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>(
    (within, name) => (typeof within === 'object' && within !== null ? Reflect.get(within, name) : undefined),
    value,
  );
