/** The messages from a page to a frame of ours. A message that is none of these is ignored. */
import * as z from 'zod/mini';
import { atMost, PaymentMethod } from '#contract';
import type { Translations } from '../messages/language.ts';
import { tokenGrammar, translationPath } from './grammar.ts';

// The content security policy of our frames forbids `eval`, which zod would try otherwise.
z.config({ jitless: true });

const short = z.string().check(atMost(200));
const version = z.literal(1);

/** Custom properties by name; '' removes one. */
const Tokens = z.record(z.string().check(z.regex(tokenGrammar.name)), z.string().check(z.regex(tokenGrammar.value)));

/** The merchant's own texts by path. */
const Words = z.record(z.string().check(z.regex(translationPath)), z.string().check(atMost(500)));

const appearance = {
  /** BCP 47. */
  locale: z.optional(z.string().check(z.regex(/^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i))),
  theme: z.optional(z.enum(['auto', 'light', 'dark'])),
  /** Subset and order of the methods, separated by spaces. */
  methods: z.optional(z.string().check(z.regex(/^[a-z_]*( [a-z_]+)*$/), atMost(100))),
  method: z.optional(PaymentMethod),
  disabled: z.optional(z.boolean()),
  /** The page has its own button and sends `submit`. */
  noSubmitButton: z.optional(z.boolean()),
  tokens: z.optional(Tokens),
};

export const FromPage = z.discriminatedUnion('type', [
  z.strictObject({
    v: version,
    type: z.literal('init'),
    clientSecret: z.optional(short),
    /** The page closes the window when it gets `close`: the customer is back at the shop then. */
    closable: z.optional(z.boolean()),
    ...appearance,
  }),
  /** Texts are sent in as many messages as they need. */
  z.strictObject({ v: version, type: z.literal('set'), words: z.optional(Words), ...appearance }),
  z.strictObject({ v: version, type: z.enum(['submit', 'validate', 'focus', 'clear']) }),
  /** To the card frame: the customer knows that an earlier transfer may still be found, and pays in another way. */
  z.strictObject({ v: version, type: z.literal('acknowledge') }),
]);
export type FromPage = z.infer<typeof FromPage>;

/** What one message can change of the appearance. */
export type Appearance = Omit<Extract<FromPage, { type: 'set' }>, 'v' | 'type'>;

/** What a merchant's page sets of a checkout: its appearance, the methods it offers, and the merchant's own texts. */
export type SentAppearanceFields = Omit<Appearance, 'words'> & {
  /** The merchant's own texts: at most 500 characters each. */
  translations?: Translations;
};

/**
 * Validates a message from the page; null for anything else. A wrong option is left out alone, with a warning in the console: a
 * slip in a colour must lose neither the other options nor the payment.
 */
export function readPage(message: unknown): FromPage | null {
  const { data, error } = FromPage.safeParse(message);
  if (data) return data;
  if (!hasOptions(message)) return null;
  const wrong = error.issues.flatMap(wrongOptions);
  const rest = structuredClone(message);
  if (!wrong.every((path) => remove(rest, path))) return null;
  const read = FromPage.safeParse(rest).data ?? null;
  const names = wrong.map((path) => path.join('.')).filter((name) => !told.has(name));
  if (read && names.length > 0 && told.size < mostTold) {
    for (const name of names) told.add(name);
    console.warn(`Pay Desk: these options are wrong and were ignored: ${names.join(', ')}.`);
  }
  return read;
}

/** The wrong options that the console has named, each once; a page that sends nonsense without end does not fill it. */
const told = new Set<string>();
const mostTold = 50;

/** A command has no options: one that is malformed is not ours, and does nothing. */
const hasOptions = (message: unknown): boolean => ['init', 'set'].includes((Object(message) as { type?: string }).type ?? '');

type Path = readonly PropertyKey[];

/** The options that an issue is about. An empty path: the message itself is wrong. */
function wrongOptions({ path, ...issue }: z.core.$ZodIssue): Path[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => [...path, key]);
  return [path];
}

/** Options of one payment's appearance may be left out; its secret and the kind of the message may not. */
const needed: readonly PropertyKey[] = ['v', 'type', 'clientSecret', 'closable'];

/** @returns False where the message is worth nothing without this option. */
function remove(message: unknown, [name, inner]: Path): boolean {
  if (typeof message !== 'object' || message === null || name === undefined || needed.includes(name)) return false;
  const parent: unknown = inner === undefined ? message : Reflect.get(message, name);
  return Object(parent) === parent && Reflect.deleteProperty(parent as object, inner ?? name);
}
