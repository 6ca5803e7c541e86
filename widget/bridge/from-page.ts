/** What the page around a frame of ours tells it. A message that is none of these is dropped. */
import * as z from 'zod/mini';
import { atMost, PaymentMethod } from '#contract';
import type { Translations } from '../messages/language.ts';
import { tokenGrammar, translationPath } from './grammar.ts';

// Our frames forbid `eval`, which zod would otherwise try.
z.config({ jitless: true });

const short = z.string().check(atMost(200));
const version = z.literal(1);

/** Custom properties by their names; '' takes one away. */
const Tokens = z.record(z.string().check(z.regex(tokenGrammar.name)), z.string().check(z.regex(tokenGrammar.value)));

/** The merchant's own words by their paths. */
const Words = z.record(z.string().check(z.regex(translationPath)), z.string().check(atMost(500)));

const look = {
  /** BCP 47. */
  locale: z.optional(z.string().check(z.regex(/^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i))),
  theme: z.optional(z.enum(['auto', 'light', 'dark'])),
  /** Subset and order of the methods, separated by spaces. */
  methods: z.optional(z.string().check(z.regex(/^[a-z_]*( [a-z_]+)*$/), atMost(100))),
  method: z.optional(PaymentMethod),
  disabled: z.optional(z.boolean()),
  /** The page has its own button and says `submit`. */
  noSubmitButton: z.optional(z.boolean()),
  tokens: z.optional(Tokens),
};

export const FromPage = z.discriminatedUnion('type', [
  z.strictObject({
    v: version,
    type: z.literal('init'),
    clientSecret: z.optional(short),
    /** The page closes the window when it is told to: whoever leaves it is back at the shop. */
    closable: z.optional(z.boolean()),
    ...look,
  }),
  /** `words` come in as many messages as they need. */
  z.strictObject({ v: version, type: z.literal('set'), words: z.optional(Words), ...look }),
  z.strictObject({ v: version, type: z.enum(['submit', 'validate', 'focus', 'clear']) }),
  /** To the card frame: the customer knows that a transfer may still be found, and pays another way. */
  z.strictObject({ v: version, type: z.literal('acknowledge') }),
]);
export type FromPage = z.infer<typeof FromPage>;

/** The look as one message may change it. */
export type Appearance = Omit<Extract<FromPage, { type: 'set' }>, 'v' | 'type'>;

/** The look of a checkout, and what may be chosen in it. */
export type SentAppearanceFields = Omit<Appearance, 'words'> & {
  /** The merchant's own words: at most 500 signs each. */
  translations?: Translations;
};

/** Reads what the page around a frame said; null for anything a page does not say. */
export const readPage = (said: unknown): FromPage | null => FromPage.safeParse(said).data ?? null;
