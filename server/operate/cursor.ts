/** Where a list goes on: a moment and an id, as text that callers do not take apart. */
import * as z from 'zod';
import type { Cursor } from '../payments/model/operator-reads.ts';

const Stored = z.tuple([
  z.int(),
  z
    .string()
    .max(400)
    .regex(/^\P{C}*$/u),
  z.int().min(0).max(20),
]);

/** @param way Which of several ways of reading the list it belongs to. */
export const writeCursor = ({ at, id }: Cursor, way = 0): string =>
  Buffer.from(JSON.stringify([at, id, way])).toString('base64url');

export interface ReadCursor extends Cursor {
  way: number;
}

/** The parameter `after` of a list. */
export const After = z
  .string()
  .max(800)
  .transform((text, check): ReadCursor => {
    const read = Stored.safeParse(fromJson(Buffer.from(text, 'base64url').toString()));
    if (read.success) return { at: read.data[0], id: read.data[1], way: read.data[2] };
    check.addIssue({ code: 'custom', message: 'expected the `next` of the page before' });
    return z.NEVER;
  });

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
