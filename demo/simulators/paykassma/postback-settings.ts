/** How postbacks are sent; a test may change all of it on the way. Times are milliseconds of real time. */
import * as z from 'zod';

export const PostbackSettings = z.strictObject({
  /** Where to; null = nowhere, as for a merchant who has told no address. */
  url: z.url({ protocol: /^https?$/ }).nullable(),
  /** The shape of the body, and how the signed part is written: `legacy-noflags` escapes `/` and all beyond ASCII. */
  mode: z.enum(['flat', 'legacy', 'legacy-noflags', 'apay']),
  /** Between the answer to a claim and its postback. */
  delayMs: z.int().min(0).max(600_000),
  /** Until a claim that waits is credited. */
  laterMs: z.int().min(0).max(600_000),
  /** How often it is sent until it is answered with 200 and status ok, and how far apart. */
  tries: z.int().min(1).max(100),
  retryMs: z.int().min(0).max(600_000),
  /** Sent so many times at once. */
  copies: z.int().min(1).max(20),
  /** Signed with another key. */
  wrongSignature: z.boolean(),
  /** The postback is there before the answer to the claim. */
  beforeAnswer: z.boolean(),
  /** The amount that no signature covers, so many times too high. */
  unsignedTimes: z.int().min(1).max(1000),
  /** The body is written with slashes and Unicode as they are. */
  unescapedBody: z.boolean(),
});
export type PostbackSettings = z.infer<typeof PostbackSettings>;

export const firstSettings: PostbackSettings = {
  url: null,
  mode: 'flat',
  delayMs: 0,
  laterMs: 3_000,
  tries: 3,
  retryMs: 5_000,
  copies: 1,
  wrongSignature: false,
  beforeAnswer: false,
  unsignedTimes: 1,
  unescapedBody: false,
};
