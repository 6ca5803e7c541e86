/**
 * The person behind an operator's key, as a single sign-on proxy names them in a header. The header is believed only from the proxy's
 * own address, which is that of the connection: anybody else could write it.
 */
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../payments/model/errors.ts';

export interface SingleSignOn {
  /** The name of the header, in small letters. */
  header: string;
  isProxy(address: string): boolean;
}

/** Longer than any address of e-mail that is in use. */
const longest = 100;

/** @returns Null if the request did not come through the proxy, or the proxy names nobody. */
export function readPerson({ header, isProxy }: SingleSignOn, { raw, socket }: FastifyRequest): string | null {
  // The list of raw headers, since Node joins several of one name into one text.
  const values = raw.rawHeaders.filter((_value, at) => at % 2 === 1 && raw.rawHeaders[at - 1]?.toLowerCase() === header);
  if (values.length === 0 || !isProxy(socket.remoteAddress ?? '')) return null;
  const [value = ''] = values;
  const person = values.length === 1 ? readName(value) : null;
  if (person === null) {
    const detail = `expected one person in ${header}, of 1 to ${longest} visible signs: the proxy has to replace what a client sends`;
    throw new ProblemError('invalid_request', { detail });
  }
  return person;
}

function readName(value: string): string | null {
  try {
    // Node reads each byte of a header as a sign of its own.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1')).normalize('NFKC').trim();
    return text.length <= longest && /^[^\p{C}\p{Zl}\p{Zp}]+$/u.test(text) ? text : null;
  } catch {
    return null;
  }
}
