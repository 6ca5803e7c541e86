/** How this PayCodes behaves where the documents say nothing; a test may change all of it on the way. */
import * as z from 'zod';
import { AuthForm } from './auth-form.ts';

export const Settings = z.strictObject({
  auth: AuthForm,
  /** How `use_code` says that an existing code cannot be used: `status: false`, or error 1007. */
  unusable: z.enum(['status', 'error']),
});
export type Settings = z.infer<typeof Settings>;

export const firstSettings: Settings = { auth: { type: 'bearer' }, unusable: 'status' };
