/** How this PayCodes behaves where the documents say nothing; a test may change all of it on the way. */
import * as z from 'zod';

/** How a caller has to show the key. The documents leave it open, so all forms that a client may have to speak can be asked for. */
const names = ['rule_slug', 'code', 'client', 'creator', 'valid_from', 'valid_to', 'number_of_codes'];

export const AuthForm = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('bearer') }),
  z.strictObject({ type: z.literal('header'), name: z.string().regex(/^[\w-]{1,64}$/) }),
  z.strictObject({
    type: z.literal('param'),
    name: z
      .string()
      .min(1)
      .max(64)
      .refine((name) => !names.includes(name), 'is taken'),
  }),
  z.strictObject({ type: z.literal('none') }),
]);
export type AuthForm = z.infer<typeof AuthForm>;

export const Settings = z.strictObject({
  auth: AuthForm,
  /** How `use_code` says that an existing code cannot be used: `status: false`, or error 1007. */
  unusable: z.enum(['status', 'error']),
});
export type Settings = z.infer<typeof Settings>;

export const firstSettings: Settings = { auth: { type: 'bearer' }, unusable: 'status' };
