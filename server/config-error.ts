/** The error of a wrong configuration, and what all configuration has in common. */
import { isIPv4 } from 'node:net';
import type * as z from 'zod';

/**
 * Why the process cannot start: one sentence that names the variable, or the field of the merchants file, and never its value.
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** The errors of a configuration, as `field: expected …`. They state what was expected and never what was found. */
export const configIssues = (error: z.ZodError): string[] => error.issues.map(formatIssue);

function formatIssue(issue: z.core.$ZodIssue): string {
  const field = issue.path.reduce<string>(
    (path, key) => (typeof key === 'number' ? `${path}[${key}]` : path ? `${path}.${String(key)}` : String(key)),
    '',
  );
  return `${field || 'the whole'}: ${issue.code === 'unrecognized_keys' ? `expected no key ${issue.keys.join(', ')}` : plain(issue.message)}`;
}

/** Removes the start and the end of zod's messages: `Invalid input: expected string, received undefined`. */
const plain = (message: string): string => message.replace(/^(Invalid|Too)[^:]*: /, '').replace(/, received .*$/, '');

/** Whether a URL may carry secrets: https, or http that never leaves this machine. */
export function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username || url.password) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'));
