/** Limits of length accept texts and lists only, and no other object that has a length. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import * as z from 'zod/mini';
import {
  atLeast,
  atMost,
  CreatePayment,
  OpenLink,
  SubmitCard,
  SubmitPayCode,
  SubmitTransfer,
} from '../../../server/contract/index.ts';

it('a text or a list is limited in length, both ends included', () => {
  const text = z.string().check(atLeast(2), atMost(3));
  const list = z.array(z.int()).check(atLeast(2), atMost(3));
  const fits = (length: number) => [text.safeParse('x'.repeat(length)).success, list.safeParse(Array(length).fill(1)).success];
  assert.deepEqual([1, 2, 3, 4].map(fits), [
    [false, false],
    [true, true],
    [true, true],
    [false, false],
  ]);
});

it('another value with a length is refused as a wrong type, with its field', () => {
  for (const lengthy of [{ length: { toString: 1 } }, { length: 5 }, { length: null }]) {
    for (const [schema, name] of [
      [SubmitPayCode, 'code'],
      [SubmitTransfer, 'transactionNumber'],
      [SubmitCard, 'number'],
      [OpenLink, 'query'],
      [CreatePayment, 'label'],
      [CreatePayment, 'methods'],
      [CreatePayment, 'items'],
    ] as const) {
      const { error } = schema.safeParse({ [name]: lengthy });
      assert.ok(
        error?.issues.some(({ code, path }) => code === 'invalid_type' && path[0] === name),
        name,
      );
    }
  }
});
