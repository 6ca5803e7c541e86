/** What the merchants file says of one merchant. */
import * as z from 'zod';
import { WebhookType } from '#contract';
import { Brands, isPicture } from './brands.ts';
import { isSafeUrl } from './config-error.ts';
import { CardSettings } from './methods/card/account.ts';
import { PayCodeSettings } from './methods/pay-code/account.ts';
import { WalletSettings } from './methods/wallet/account.ts';
import { apiKeyScopes, usualScopes } from './payments/model/access-keys.ts';
import type { ApiKey } from './payments/model/api-key.ts';
import { isTimeZone } from './payments/model/calendar.ts';
import type { Merchant } from './payments/model/ports.ts';
import { mainEndpoint } from './payments/model/webhook-queries.ts';
import { usualRetention } from './storage/retention/prune.ts';

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

const WantedType = z.enum(WebhookType.options, { error: `expected one of ${WebhookType.options.join(', ')}` });

const endpoint = {
  url: SafeUrl,
  /** Two during a rotation: each delivery is signed with both. */
  secrets: z.array(WebhookSecret).min(1).max(2),
  /** Only webhooks of these types are sent; all by default. */
  types: z.array(WantedType).min(1).optional(),
};

/** It stays with what waits for the endpoint, so an endpoint with another name is another one. */
const EndpointName = z
  .string()
  .refine(
    (text) => /^[a-z0-9][a-z0-9_-]{0,39}$/.test(text) && text !== mainEndpoint,
    `expected up to 40 of a-z, 0-9, _ and -, and not ${mainEndpoint}, which is the name of webhook`,
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

const KeyHash = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** A hash alone is a key without a name that may do what is usual. */
const ApiKeyConfig = z.union(
  [
    KeyHash.transform((hash): ApiKey => ({ name: null, hash, scopes: usualScopes })),
    z
      .strictObject({
        name: z.string().regex(/^[^\p{C}]{1,60}$/u),
        hash: KeyHash,
        scopes: z.array(z.enum(apiKeyScopes)).min(1),
      })
      .transform((key): ApiKey => key),
  ],
  {
    error: `expected sha256: and 64 hex digits, or {name, hash, scopes}, where scopes are of ${apiKeyScopes.join(', ')}`,
  },
);

/** One merchant of the merchants file. */
export const MerchantConfig = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, 'expected up to 40 of a-z, 0-9, _ and -'),
  /** Shown to customers. */
  name: z.string().regex(/^[^\p{C}]{1,100}$/u, 'expected 1 to 100 visible signs'),
  /** A picture beside the name. The plugin window may load pictures from its origin, and from no other. */
  logoUrl: z.string().max(2000).refine(isPicture, `expected the address of a picture, ${secure}`).optional(),
  /** Pictures of Payme, of the card systems and of wallets, in place of the signs that we draw. */
  brands: Brands.optional(),
  /** True where no real money moves; the merchant's keys then begin with `sk_test_`. */
  test: z.boolean(),
  /** The zone of its days, for the daily comparison with the payment services' lists; UTC if it is left out. */
  timeZone: z.string().refine(isTimeZone, 'expected the name of a time zone such as Asia/Tashkent').optional(),
  /** SHA-256 of the API keys, so that the file contains no key that works. */
  apiKeys: z.array(ApiKeyConfig).min(1).max(10),
  /** Keys that sign links to the plugin window. A link names its key by `kid`. */
  linkKeys: z
    .array(z.strictObject({ kid: z.string().regex(/^[\w-]{1,40}$/), key: z.string().min(32) }))
    .max(5)
    .default([]),
  webhook: z.strictObject(endpoint),
  /** Further endpoints, e.g. for bookkeeping. Each gets webhooks of its own, and waits for no other. */
  moreWebhooks: z
    .array(z.strictObject({ name: EndpointName, ...endpoint }))
    .max(4)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'expected names that differ')
    .optional(),
  /** The pages that may show the widget or frame the plugin window. */
  allowedOrigins: z.array(Origin).max(100),
  /** Registered return addresses, by the ids that links use. */
  returnUrls: z.record(z.string().regex(/^[\w-]{1,40}$/), SafeUrl).default({}),
  /** By currency, in minor units: above this amount a second person confirms what a person decides. None by default. */
  fourEyesAbove: z.record(z.string().regex(/^[A-Z]{3}$/, 'expected currencies of ISO 4217'), z.int().min(0)).optional(),
  /**
   * The merchant has declared to its bank that card numbers pass through this server (PCI DSS, questionnaire SAQ D). Required to
   * sell by card with the transport `bff` where real money moves.
   */
  pciAttested: z.boolean().optional(),
  /** How long rows are kept, in days, if not as usual; `pay-desk db prune` deletes what is older. */
  retention: z
    .strictObject({
      moneyDays: z.int().min(30).max(36_500).default(usualRetention.moneyDays),
      bodyDays: z.int().min(7).max(36_500).default(usualRetention.bodyDays),
    })
    .optional(),
  methods: z
    .strictObject({ payCode: PayCode.optional(), wallet: Wallet.optional(), card: Card.optional() })
    .refine((methods) => Object.keys(methods).length > 0, 'expected at least one method'),
}) satisfies z.ZodType<Merchant>;
export type MerchantConfig = z.infer<typeof MerchantConfig>;

const inRange = (value: number, minimum: number, maximum: number): boolean => value >= minimum && value <= maximum;
