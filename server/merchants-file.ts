/**
 * Reads the merchants file: JSON `{"merchants": […], "operators": […]}`. Inside a text `${NAME}` stands for an environment variable
 * and `${file:/run/secrets/name}` for the content of a file.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { configIssues } from './config-error.ts';
import { demoKeys } from './demo-keys.ts';
import { placeInJson } from './json-place.ts';
import { isGuessable } from './live-safety.ts';
import { MerchantConfig } from './merchants.ts';
import { OperatorConfig, operatorMistakes } from './operators.ts';
import { hashKey } from './payments/model/access-keys.ts';
import { endpointsOf } from './webhook-endpoints.ts';

type Env = Record<string, string | undefined>;

export interface MerchantsFile {
  merchants: MerchantConfig[];
  operators: OperatorConfig[];
}

export interface ReadMerchantsFile {
  /** Null if there is any mistake. */
  content: MerchantsFile | null;
  /** Each begins with the field of the file, and contains neither a path of this machine nor anything that the file says. */
  mistakes: string[];
  /** The merchants file and all files that it refers to. */
  files: string[];
}

const File = z.strictObject({
  merchants: z.array(MerchantConfig).min(1),
  operators: z.array(OperatorConfig).max(100).default([]),
});

export function readMerchantsFile(path: string, env: Env, demo: boolean): ReadMerchantsFile {
  const files = [path];
  const refuse = (...mistakes: string[]): ReadMerchantsFile => ({ content: null, mistakes, files });
  const written = readJson(path);
  if (typeof written === 'string') return refuse(written);
  const references: Reference[] = [];
  try {
    const parsed = File.safeParse(fillIn(written.json, env, '', references));
    files.push(...references.flatMap(({ file }) => file ?? []));
    const missing = references.filter(({ mistake }) => mistake !== null);
    const mistakes = missing.map(({ field, mistake }) => `${field}: ${mistake}`);
    // A reference that leads nowhere makes its field wrong in other ways, too. One sentence about it is enough.
    const others = parsed.success ? mistakesTogether(parsed.data, demo) : configIssues(parsed.error);
    mistakes.push(...others.filter((text) => !missing.some(({ field }) => text.startsWith(`${field}:`))));
    return parsed.success && mistakes.length === 0 ? { content: parsed.data, mistakes, files } : refuse(...mistakes);
  } catch {
    // Neither this code nor zod can walk through it, e.g. through a thousand nested brackets.
    return refuse('expected a file of the shape that server/README.md describes');
  }
}

/** The JSON, or what is wrong with the file. The parser's own message may quote the file. */
function readJson(path: string): { json: unknown } | string {
  let text: string;
  try {
    text = withoutMark(readFileSync(path, 'utf8'));
  } catch {
    return 'expected the path of a file that can be read';
  }
  try {
    return { json: JSON.parse(text) };
  } catch (cause) {
    return `expected a file of well-formed JSON; it is wrong at ${placeInJson(text, cause)}`;
  }
}

interface Reference {
  /** Where it is in the merchants file. */
  field: string;
  /** The file that it names; null for a variable. */
  file: string | null;
  /** Why it leads nowhere; null if it does not. */
  mistake: string | null;
}

const reference = /\$\{(?:file:([^}]+)|(\w+))\}/g;

/** Replaces all references, and adds each to `found`. One that leads nowhere stays as it is written. */
function fillIn(value: unknown, env: Env, field: string, found: Reference[]): unknown {
  if (typeof value === 'string') {
    return value.replace(reference, (written: string, file: string | undefined, name = '') => {
      const content = file === undefined ? env[name] : readSecret(file);
      const expected =
        file === undefined
          ? `expected ${name}, the variable it refers to, to be set`
          : 'expected the file it refers to to be one that can be read and is not empty';
      found.push({ field, file: file ?? null, mistake: content ? null : expected });
      return content || written;
    });
  }
  if (Array.isArray(value)) return value.map((item, index) => fillIn(item, env, `${field}[${index}]`, found));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, fillIn(item, env, field ? `${field}.${key}` : key, found)]),
  );
}

/** Some editors begin a file with this invisible mark. JSON does not allow it, and a secret would be wrong with it. */
const withoutMark = (text: string): string => text.replace(/^\uFEFF/, '');

/** The content of a file that holds one secret, without the line break that editors and `echo` put at its end. */
export function readSecret(path: string): string | undefined {
  try {
    return withoutMark(readFileSync(path, 'utf8')).replace(/\r?\n$/, '');
  } catch {
    return undefined;
  }
}

/** What is wrong with entries that are each of the right form. */
function mistakesTogether({ merchants, operators }: MerchantsFile, demo: boolean): string[] {
  return [
    ...duplicates(merchants),
    ...merchants.flatMap((merchant, at) => {
      const field = demo ? null : fieldWithDemoKey(merchant);
      return field ? [`merchants[${at}].${field}: expected a key of your own, not the one of the demo`] : [];
    }),
    ...merchants.flatMap(({ test, pciAttested, methods: { card } }, at) =>
      test || pciAttested || card?.transport !== 'bff'
        ? []
        : [
            `merchants[${at}].pciAttested: expected true for a live merchant whose card numbers pass through this server, ` +
              'which server/methods/card/README.md explains, or transport: "direct"',
          ],
    ),
    ...merchants.flatMap((merchant, at) => (demo ? [] : guessableKeys(merchant).map((field) => `merchants[${at}].${field}`))),
    ...operatorMistakes(operators, new Set(merchants.map(({ id }) => id))),
    ...operators.flatMap(({ keyHash }, at) =>
      demo || !demoOperators.includes(keyHash)
        ? []
        : [`operators[${at}].keyHash: expected a key of your own, not the one of the demo`],
    ),
  ];
}

const demoOperators = Object.values(demoKeys.operators).map(hashKey);

/** An id or a key that two merchants share would mix their payments. */
function duplicates(merchants: readonly MerchantConfig[]): string[] {
  const mistakes: string[] = [];
  const ids = new Set<string>();
  const keys = new Set<string>();
  merchants.forEach(({ id, apiKeys }, at) => {
    if (ids.has(id)) mistakes.push(`merchants[${at}].id: expected an id that no other merchant has`);
    ids.add(id);
    apiKeys.forEach(({ hash }, n) => {
      if (keys.has(hash)) mistakes.push(`merchants[${at}].apiKeys[${n}]: expected a key that is nowhere else in the file`);
      keys.add(hash);
    });
  });
  return mistakes;
}

/** Whoever guesses a key of links opens payments as the merchant; whoever guesses a secret of webhooks tells the shop of payments. */
const guessableKeys = ({ test, linkKeys, ...merchant }: MerchantConfig): string[] =>
  test
    ? []
    : [
        ...linkKeys.flatMap(({ key }, n) => (isGuessable(key) ? [`linkKeys[${n}].key`] : [])),
        ...endpointsOf(merchant).flatMap(({ field, endpoint }) =>
          endpoint.secrets.flatMap((secret, n) =>
            isGuessable(Buffer.from(secret.replace(/^whsec_/, ''), 'base64')) ? [`${field}.secrets[${n}]`] : [],
          ),
        ),
      ].map((field) => `${field}: expected random characters, and this is a pattern that can be guessed`);

function fieldWithDemoKey({ apiKeys, linkKeys, methods: { wallet, card }, ...merchant }: MerchantConfig): string | null {
  const demoHash = `sha256:${createHash('sha256').update(demoKeys.apiKey).digest('hex')}`;
  const walletKey = (['secret', 'accessKey', 'privateKey'] as const).find((key) => wallet?.[key] === demoKeys.paykassma[key]);
  if (apiKeys.some(({ hash }) => hash === demoHash)) return 'apiKeys';
  const demoHook = endpointsOf(merchant).find(({ endpoint }) => endpoint.secrets.includes(demoKeys.webhookSecret));
  if (demoHook) return `${demoHook.field}.secrets`;
  if (linkKeys.some(({ key }) => key === demoKeys.linkKey.key)) return 'linkKeys';
  if (walletKey) return `methods.wallet.${walletKey}`;
  return card?.key === demoKeys.payme.key ? 'methods.card.key' : null;
}
