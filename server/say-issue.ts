/** The first thing wrong with a configuration, as `place: expected …`. Says what was expected, never what was found. */
import type * as z from 'zod';

export function sayIssue(error: z.ZodError): string {
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
