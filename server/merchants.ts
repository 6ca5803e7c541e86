/** Reads the merchants file: JSON `{"merchants": […]}` in which `${NAME}` inside a text stands for an environment variable. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { ConfigError } from './config-error.ts';
import { demoKeys } from './demo-keys.ts';
import { MerchantConfig } from './merchant-config.ts';
import { sayIssue } from './say-issue.ts';

type Env = Record<string, string | undefined>;

const File = z.strictObject({ merchants: z.array(MerchantConfig).min(1) });

/** @throws {ConfigError} naming the place in the file. */
export function readMerchants(path: string, env: Env, demo: boolean): MerchantConfig[] {
  const merchants = check(parse(path), env);
  refuseRepeats(merchants);
  if (!demo) refuseDemoKeys(merchants);
  return merchants;
}

/** What neither we nor zod can walk through, such as a thousand brackets in each other, is refused as any other file of the wrong shape. */
function check(content: unknown, env: Env): MerchantConfig[] {
  try {
    const file = File.safeParse(fillIn(content, env, ''));
    if (file.success) return file.data.merchants;
    throw refuse(sayIssue(file.error));
  } catch (cause) {
    throw cause instanceof ConfigError ? cause : refuse('expected a file of the shape that server/README.md describes');
  }
}

const refuse = (what: string): ConfigError => new ConfigError(`MERCHANTS_FILE: ${what}.`);

/** Neither the path nor the parser's words are told: the first may be private, the second quote the file. */
function parse(path: string): unknown {
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

function fillIn(value: unknown, env: Env, path: string): unknown {
  if (typeof value === 'string') {
    return value.replace(/\$\{(\w+)\}/g, (_all, name: string) => {
      const found = env[name];
      if (!found) throw refuse(`${path}: expected ${name}, the variable it refers to, to be set`);
      return found;
    });
  }
  if (Array.isArray(value)) return value.map((item, index) => fillIn(item, env, `${path}[${index}]`));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillIn(item, env, path ? `${path}.${key}` : key)]));
}

/** An id or a key that opens two merchants would mix their payments. */
function refuseRepeats(merchants: MerchantConfig[]): void {
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
    const place = apiKeys.includes(apiKey)
      ? 'apiKeys'
      : webhook.secrets.includes(demoKeys.webhookSecret)
        ? 'webhook.secrets'
        : linkKeys.some(({ key }) => key === demoKeys.linkKey.key)
          ? 'linkKeys'
          : walletKey
            ? `methods.wallet.${walletKey}`
            : card?.key === demoKeys.payme.key && 'methods.card.key';
    if (place) throw refuse(`merchants[${at}].${place}: expected a key of your own, not the one of the demo`);
  });
}
