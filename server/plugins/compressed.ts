/**
 * A text that is the same for everybody who asks, compressed once and kept, for pages that are written here and not at build. Never for
 * answers that hold a secret of one person: beside a text that a stranger chose, their compressed length would tell of it (BREACH).
 */
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

export interface Compressed {
  identity: Buffer;
  br: Buffer;
  gzip: Buffer;
}

export function compressed(text: string): Compressed {
  const identity = Buffer.from(text);
  const br = brotliCompressSync(identity, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: identity.length } });
  return { identity, br, gzip: gzipSync(identity, { level: 9 }) };
}

export function sendCompressed({ headers }: FastifyRequest, reply: FastifyReply, of: Compressed): FastifyReply {
  const encoding = chooseEncoding(headers['accept-encoding']);
  reply.header('vary', 'accept-encoding');
  return encoding === 'identity' ? reply.send(of.identity) : reply.header('content-encoding', encoding).send(of[encoding]);
}

/** The best of those that the header takes: brotli unless gzip is liked better; a `q` of 0 or one that cannot be read is a no. */
export function chooseEncoding(header: string | string[] | undefined): keyof Compressed {
  const liking = new Map<string, number>();
  for (const item of String(header ?? '').split(',')) {
    const [name = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
    const q = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
    liking.set(name, /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(q) ? Number(q) : 0);
  }
  const of = (name: string) => liking.get(name) ?? liking.get('*') ?? 0;
  if (of('br') > 0 && of('br') >= of('gzip')) return 'br';
  return of('gzip') > 0 ? 'gzip' : 'identity';
}
