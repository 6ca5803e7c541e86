/**
 * Texts that are the same for every caller and are made at run time: compressed once and kept. Never use it for an answer that
 * contains a secret beside text that a stranger chose, because the compressed length would reveal the secret (BREACH).
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

export function sendCompressed({ headers }: FastifyRequest, reply: FastifyReply, content: Compressed): FastifyReply {
  const encoding = chooseEncoding(headers['accept-encoding']);
  reply.header('vary', 'accept-encoding');
  return encoding === 'identity'
    ? reply.send(content.identity)
    : reply.header('content-encoding', encoding).send(content[encoding]);
}

/**
 * The best encoding that the header accepts: brotli, unless gzip has a higher `q`. A `q` of 0 or an unreadable one refuses an
 * encoding.
 */
export function chooseEncoding(header: string | string[] | undefined): keyof Compressed {
  const quality = new Map<string, number>();
  for (const item of String(header ?? '').split(',')) {
    const [name = '', ...parameters] = item.split(';').map((text) => text.trim().toLowerCase());
    const q = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
    quality.set(name, /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(q) ? Number(q) : 0);
  }
  const qualityOf = (name: string) => quality.get(name) ?? quality.get('*') ?? 0;
  if (qualityOf('br') > 0 && qualityOf('br') >= qualityOf('gzip')) return 'br';
  return qualityOf('gzip') > 0 ? 'gzip' : 'identity';
}
