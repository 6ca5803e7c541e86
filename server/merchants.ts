/** Reads the merchants file: JSON `{"merchants": […]}` in which `${NAME}` inside a text stands for an environment variable. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { ConfigError, formatConfigIssue, isSafeUrl } from './config-error.ts';
import { demoKeys } from './demo-keys.ts';
import { CardSettings } from './methods/card/account.ts';
import { PayCodeSettings } from './methods/pay-code/account.ts';
import { WalletSettings } from './methods/wallet/account.ts';
import type { Merchant } from './payments/model/ports.ts';

const secure = 'https, or http on this machine';
const SafeUrl = z.string().refine(isSafeUrl, `expected an absolute URL, ${secure}, without a user or password`);

/** Spelled exactly as a browser does in `Origin`: no path, no trailing slash, no default port. */
const Origin = z
  .string()
  .refine(
    (text) => isSafeUrl(text) && new URL(text).origin === text,
    `expected an origin such as https://shop.example (${secure})`,
  );

const WebhookSecret = z
  .string()
  .refine(
    (text) => /^whsec_[A-Za-z0-9+/]+={0,2}$/.test(text) && inRange(Buffer.from(text.slice(6), 'base64').length, 24, 64),
    'expected whsec_ and base64 of 24 to 64 bytes',
  );

const PayCode = PayCodeSettings.superRefine((settings, check) => {
  if (!isSafeUrl(settings.url)) check.addIssue({ code: 'custom', path: ['url'], message: `expected ${secure}` });
  settings.rules.forEach(({ slug }, index) => {
    if (settings.rules.findIndex((rule) => rule.slug === slug) !== index) {
      check.addIssue({ code: 'custom', path: ['rules', index, 'slug'], message: 'expected a slug that no earlier rule has' });
    }
  });
});

const Wallet = WalletSettings.superRefine((settings, check) => {
  if (!isSafeUrl(settings.url)) check.addIssue({ code: 'custom', path: ['url'], message: `expected ${secure}` });
});

const Card = CardSettings.superRefine((settings, check) => {
  for (const name of ['url', 'offerUrl'] as const) {
    const url = settings[name];
    if (url !== undefined && !isSafeUrl(url)) check.addIssue({ code: 'custom', path: [name], message: `expected ${secure}` });
  }
});

/** One merchant of the merchants file. */
export const MerchantConfig = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, 'expected up to 40 of a-z, 0-9, _ and -'),
  /** Shown to customers. */
  name: z.string().regex(/^[^\p{C}]{1,100}$/u, 'expected 1 to 100 visible signs'),
  /** True where no real money moves; the merchant's keys then begin with `sk_test_`. */
  test: z.boolean(),
  /** SHA-256 of the API keys, so that the file contains no key that works. */
  apiKeys: z
    .array(z.string().regex(/^sha256:[0-9a-f]{64}$/, 'expected sha256: and 64 hex digits'))
    .min(1)
    .max(10),
  /** Keys that sign links to the plugin window. A link names its key by `kid`. */
  linkKeys: z
    .array(z.strictObject({ kid: z.string().regex(/^[\w-]{1,40}$/), key: z.string().min(32) }))
    .max(5)
    .default([]),
  /** Two secrets during a rotation: each delivery is signed with both. */
  webhook: z.strictObject({ url: SafeUrl, secrets: z.array(WebhookSecret).min(1).max(2) }),
  /** The pages that may show the widget or frame the plugin window. */
  allowedOrigins: z.array(Origin).max(100),
  /** Registered return addresses, by the ids that links use. */
  returnUrls: z.record(z.string().regex(/^[\w-]{1,40}$/), SafeUrl).default({}),
  methods: z
    .strictObject({ payCode: PayCode.optional(), wallet: Wallet.optional(), card: Card.optional() })
    .refine((methods) => Object.keys(methods).length > 0, 'expected at least one method'),
}) satisfies z.ZodType<Merchant>;
export type MerchantConfig = z.infer<typeof MerchantConfig>;

const inRange = (value: number, minimum: number, maximum: number): boolean => value >= minimum && value <= maximum;

type Env = Record<string, string | undefined>;

const File = z.strictObject({ merchants: z.array(MerchantConfig).min(1) });

/** @throws {ConfigError} naming the field of the file */
export function readMerchants(path: string, env: Env, demo: boolean): MerchantConfig[] {
  const merchants = readContent(readFile(path), env);
  refuseDuplicates(merchants);
  if (!demo) refuseDemoKeys(merchants);
  return merchants;
}

/**
 * A file that neither this code nor zod can walk through, such as one of a thousand nested brackets, is refused like a wrong one.
 */
function readContent(content: unknown, env: Env): MerchantConfig[] {
  try {
    const file = File.safeParse(fillInVariables(content, env, ''));
    if (file.success) return file.data.merchants;
    throw refuse(formatConfigIssue(file.error));
  } catch (cause) {
    throw cause instanceof ConfigError ? cause : refuse('expected a file of the shape that server/README.md describes');
  }
}

const refuse = (what: string): ConfigError => new ConfigError(`MERCHANTS_FILE: ${what}.`);

/** The error contains neither the path, which may be private, nor the parser's message, which may quote the file. */
function readFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw refuse('expected the path of a file that can be read');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw refuse('expected a file of well-formed JSON');
  }
}

function fillInVariables(value: unknown, env: Env, path: string): unknown {
  if (typeof value === 'string') {
    return value.replace(/\$\{(\w+)\}/g, (_all, name: string) => {
      const found = env[name];
      if (!found) throw refuse(`${path}: expected ${name}, the variable it refers to, to be set`);
      return found;
    });
  }
  if (Array.isArray(value)) return value.map((item, index) => fillInVariables(item, env, `${path}[${index}]`));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, fillInVariables(item, env, path ? `${path}.${key}` : key)]),
  );
}

/** An id or a key that two merchants share would mix their payments. */
function refuseDuplicates(merchants: MerchantConfig[]): void {
  const ids = new Set<string>();
  const keys = new Set<string>();
  merchants.forEach(({ id, apiKeys }, at) => {
    if (ids.has(id)) throw refuse(`merchants[${at}].id: expected an id that no other merchant has`);
    ids.add(id);
    apiKeys.forEach((key, n) => {
      if (keys.has(key)) throw refuse(`merchants[${at}].apiKeys[${n}]: expected a key that is nowhere else in the file`);
      keys.add(key);
    });
  });
}

function refuseDemoKeys(merchants: MerchantConfig[]): void {
  const apiKey = `sha256:${createHash('sha256').update(demoKeys.apiKey).digest('hex')}`;
  merchants.forEach(({ apiKeys, linkKeys, webhook, methods: { wallet, card } }, at) => {
    const walletKeys = ['secret', 'accessKey', 'privateKey'] as const;
    const walletKey = walletKeys.find((name) => wallet?.[name] === demoKeys.paykassma[name]);
    const field = apiKeys.includes(apiKey)
      ? 'apiKeys'
      : webhook.secrets.includes(demoKeys.webhookSecret)
        ? 'webhook.secrets'
        : linkKeys.some(({ key }) => key === demoKeys.linkKey.key)
          ? 'linkKeys'
          : walletKey
            ? `methods.wallet.${walletKey}`
            : card?.key === demoKeys.payme.key && 'methods.card.key';
    if (field) throw refuse(`merchants[${at}].${field}: expected a key of your own, not the one of the demo`);
  });
}
