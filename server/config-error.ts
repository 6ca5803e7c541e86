import { isIPv4 } from 'node:net';
import type * as z from 'zod';

/** Why the process cannot start: one sentence that names the variable, or the place in the merchants file, and never its value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** The first thing wrong with a configuration, as `place: expected …`. Says what was expected, never what was found. */
export function formatConfigIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  if (!issue) return 'expected another value';
  const place = issue.path.reduce<string>(
    (path, step) => (typeof step === 'number' ? `${path}[${step}]` : path ? `${path}.${String(step)}` : String(step)),
    '',
  );
  return `${place || 'the whole'}: ${issue.code === 'unrecognized_keys' ? `expected no key ${issue.keys.join(', ')}` : plain(issue.message)}`;
}

/** zod's own messages begin with a heading that adds nothing here: `Invalid input: expected string, received undefined`. */
const plain = (message: string): string => message.replace(/^(Invalid|Too)[^:]*: /, '').replace(/, received .*$/, '');

/** https, or http that never leaves this machine: what a URL must be where secrets or customers travel over it. */
export function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username || url.password) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'));
