/**
 * Looks at a configuration without starting the server: names every mistake at once, and warns of what is allowed and dangerous.
 * `pay-desk config check` prints it.
 */
import { type Config, readConfig } from './config.ts';
import type { MerchantConfig } from './merchants.ts';
import { readSecret } from './merchants-file.ts';
import { expiryOf, type Operator } from './payments/model/access-keys.ts';
import { storedSecrets } from './stored-secrets.ts';
import { isLoopback } from './user-header.ts';
import { endpointsOf } from './webhook-endpoints.ts';

export interface ConfigReport {
  /**
   * Sentences that each name a variable, or a field of the merchants file, and never its value. Any of them stops the start, but for
   * codes that can be guessed and keys that are stored as names: a server that runs must not fail over them at its next start.
   */
  mistakes: string[];
  /** Settings with which the server starts and that somebody should look at. */
  warnings: string[];
}

/** @param now milliseconds since 1970 */
export function checkConfig(
  env: Record<string, string | undefined> = process.env,
  { demo = false, now = Date.now() }: { demo?: boolean; now?: number } = {},
): ConfigReport {
  const { config, mistakes } = readConfig(env, { demo });
  const path = env.MERCHANTS_FILE;
  const secrets = path === undefined ? [] : writtenSecrets(path);
  const warnings = secrets.map(
    (field) => `${field}: a secret is written out in the merchants file; refer to it by \${NAME} or \${file:…}.`,
  );
  if (!config) return { mistakes, warnings };
  const ofMerchants = (find: (merchant: MerchantConfig, demo: boolean) => string[]) =>
    config.merchants.flatMap((merchant, at) => find(merchant, demo).map((sentence) => `merchants[${at}].${sentence}`));
  const merchants = ofMerchants(merchantWarnings);
  const guessable = ofMerchants(guessableRules);
  const stored = ofMerchants(storedSecrets);
  const operators = (config.operators ?? []).flatMap((operator, at) =>
    operatorWarnings(operator, now).map((warning) => `operators[${at}].${warning}`),
  );
  return {
    mistakes: [...mistakes, ...guessable, ...stored],
    warnings: [...(config.dangers ?? []), ...environmentWarnings(config), ...warnings, ...merchants, ...operators],
  };
}

/** So many proxies stand before hardly any server: more of them believe addresses that the customer invents. */
const usualProxies = 3;

function environmentWarnings({ publicUrl, trustProxy, operate, operators = [], merchants }: Config): string[] {
  const isWide = (subnet: string) => Number(subnet.split('/')[1] ?? 32) < 8;
  const live = merchants.some(({ test }) => !test);
  return [
    ...(typeof trustProxy === 'number' && trustProxy > usualProxies
      ? [`TRUST_PROXY: ${trustProxy} proxies are believed; with more than there are, customers can invent their address.`]
      : []),
    ...(Array.isArray(trustProxy) && trustProxy.some(isWide)
      ? ['TRUST_PROXY: a subnet is so wide that customers may be in it, who can then invent their address.']
      : []),
    ...(live && publicUrl.protocol === 'http:' ? ['PUBLIC_URL: a live merchant sells over http, without encryption.'] : []),
    ...(operate && !isLoopback(operate.host)
      ? ['OPERATE_HOST: the operators’ listener can be reached from other machines; put it behind a proxy with TLS.']
      : []),
    ...(operate?.userHeader && !isLoopback(operate.host)
      ? [
          'OPERATE_USER_HEADER: the operators’ listener can be reached from other machines; let only the single sign-on proxy connect to it.',
        ]
      : []),
    ...(operate?.userHeader?.proxies.some(isWide)
      ? ['OPERATE_USER_PROXY: a subnet is so wide that others may be in it, who can then name any person.']
      : []),
    ...(operate && operators.length === 0 ? ['operators: OPERATE_PORT is set, and nobody may use it.'] : []),
    ...(!operate && operators.length > 0
      ? ['OPERATE_PORT: it is not set here, so no operator gets in unless each process is given a port of its own.']
      : []),
  ];
}

function merchantWarnings({ test, allowedOrigins, apiKeys, fourEyesAbove, methods, ...merchant }: MerchantConfig, demo: boolean) {
  if (test || demo) return [];
  const overHttp = allowedOrigins.findIndex((origin) => origin.startsWith('http:'));
  const endpoints = endpointsOf(merchant);
  const decides = apiKeys.some(({ scopes }) => scopes.includes('resolve') || scopes.includes('refunds'));
  return [
    ...(overHttp >= 0 ? [`allowedOrigins[${overHttp}]: a page over http may show the widget of a live merchant.`] : []),
    ...endpoints.flatMap(({ field, endpoint: { url } }) =>
      url.startsWith('http:') ? [`${field}.url: webhooks of a live merchant are sent over http.`] : [],
    ),
    ...(endpoints.every(({ endpoint: { types } }) => types && !types.includes('payment.succeeded'))
      ? ['webhook.types: payment.succeeded is not among them, so the shop is not told that an order is paid.']
      : []),
    ...(decides && !fourEyesAbove
      ? ['fourEyesAbove: an API key may decide or give money back, and no amount needs a second person.']
      : []),
    ...(methods.payCode ? unknownLengths(methods.payCode) : []),
    ...(methods.wallet && methods.wallet.account === undefined
      ? [
          'methods.wallet.account: the account has no name, so its accessKey is stored with every payment in place of one; name it, ' +
            'and if it has payments already, by the value of that key.',
        ]
      : []),
  ];
}

/** How often a day guessing may succeed at most, by chance. */
const mostHitsADay = 0.01;
/** How many addresses an attacker may use, how many payments they may have made, and how many codes may be unused at a time. */
const attackersAddresses = 1_000;
const attackersPayments = 10_000;
const liveCodes = 10_000;
/** Of the usual alphabet of PayCodes: digits and capital letters. */
const usualCharacters = 36;
type PayCodeConfig = NonNullable<MerchantConfig['methods']['payCode']>;

const unknownLengths = ({ rules }: PayCodeConfig): string[] =>
  rules.flatMap(({ kind, length }, n) =>
    kind === 'reversed' || length !== undefined
      ? []
      : [
          `methods.payCode.rules[${n}].length: it is not known, so nobody can tell whether the codes of this rule can be guessed.`,
        ],
  );

/**
 * Rules whose codes an attacker would guess who has many addresses: each of them has its wrong codes of a day, and each payment its
 * first one besides (`server/methods/pay-code/rate-limits.ts`).
 */
function guessableRules({ test, methods: { payCode } }: MerchantConfig, demo: boolean): string[] {
  if (test || demo || !payCode) return [];
  const wrongCodes = attackersAddresses * payCode.limits.wrongPerAddress + attackersPayments;
  return payCode.rules.flatMap(({ kind, alphabet, length }, n) => {
    if (kind === 'reversed' || length === undefined) return [];
    const hits = (wrongCodes * liveCodes) / (alphabet?.length ?? usualCharacters) ** length;
    if (hits <= mostHitsADay) return [];
    const often = hits < 1 ? `with a chance of ${Math.ceil(hits * 100)} %` : `${Math.round(hits)} times`;
    return [
      `methods.payCode.rules[${n}].length: the codes are so short that ${attackersAddresses} addresses would guess one of ${liveCodes} unused codes ${often} a day; issue longer ones.`,
    ];
  });
}

const dayMs = 86_400_000;
const soonDays = 14;

function operatorWarnings(operator: Operator, now: number): string[] {
  const end = expiryOf(operator);
  if (end === null) return ['expires: the key never expires.'];
  if (end <= now) return ['expires: the key has expired.'];
  const days = Math.ceil((end - now) / dayMs);
  return days > soonDays ? [] : [`expires: the key expires in ${days} ${days === 1 ? 'day' : 'days'}.`];
}

/** The fields that hold a secret which the merchants file itself contains. */
function writtenSecrets(path: string): string[] {
  try {
    return secretFields(JSON.parse(readSecret(path) ?? ''), '');
  } catch {
    // What is wrong with the file is among the mistakes.
    return [];
  }
}

const secretField =
  /(\.(webhook|moreWebhooks\[\d+\])\.secrets\[\d+\]|\.linkKeys\[\d+\]\.key|\.auth\.(key|password|token)|\.(secret|accessKey|privateKey)|\.card\.key)$/;

function secretFields(value: unknown, field: string): string[] {
  if (typeof value === 'string') return secretField.test(field) && !value.includes('${') ? [field] : [];
  if (Array.isArray(value)) return value.flatMap((item, n) => secretFields(item, `${field}[${n}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => secretFields(item, field ? `${field}.${key}` : key));
}
