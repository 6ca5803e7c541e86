/** Does to an answer what the fault says. From here on the reply is ours: Fastify must not write to it. */
import type { FastifyReply } from 'fastify';
import type { Fault } from './fault.ts';

/**
 * @param ms after how long `timeout` hangs up, in milliseconds; undefined = the silence lasts until the caller gives up
 * @param answer what would have been sent; `malformed` sends the first half of it
 */
export function spoilAnswer(
  reply: FastifyReply,
  kind: Exclude<Fault['kind'], 'slow'>,
  ms: number | undefined,
  answer: unknown,
): void {
  reply.hijack();
  const { raw } = reply;
  const send = (status: number, type: string, body: string) => raw.writeHead(status, { 'content-type': type }).end(body);
  switch (kind) {
    case 'timeout':
      if (ms !== undefined) {
        const hangUp = setTimeout(() => raw.destroy(), ms);
        raw.once('close', () => clearTimeout(hangUp));
      }
      return;
    case 'reset':
      raw.socket?.resetAndDestroy();
      return;
    case 'http500':
      send(500, 'text/plain', 'Internal Server Error');
      return;
    case 'html':
      send(200, 'text/html', '<!doctype html><title>Maintenance</title><h1>We will be back soon</h1>');
      return;
    case 'malformed': {
      const text = JSON.stringify(answer);
      send(200, 'application/json', text.slice(0, Math.ceil(text.length / 2)));
      return;
    }
  }
}
