/** How the simulated PayCodes behaves where the documents are silent; a test can change it at any time. */
import * as z from 'zod';

/** The parameters of the methods, which cannot be the name of the key. */
const names = ['rule_slug', 'code', 'client', 'creator', 'valid_from', 'valid_to', 'number_of_codes'];

/** How a caller shows the key. The documents leave it open, so every form that our client supports can be required. */
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
  /** How `use_code` answers for an existing code that cannot be used: `status: false`, or error 1007. */
  unusable: z.enum(['status', 'error']),
});
export type Settings = z.infer<typeof Settings>;

export const firstSettings: Settings = { auth: { type: 'bearer' }, unusable: 'status' };
