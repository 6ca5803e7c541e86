/** The shop's origin as the customer sees it: by address or by name, both are on the merchant's list. */
import type { FastifyRequest } from 'fastify';

/** A `Host` that is neither is a stranger's, and must not end up in a return URL. */
export const shopOrigin = (request: FastifyRequest): string => {
  const host = request.hostname === 'localhost' ? 'localhost' : '127.0.0.1';
  return `http://${host}:${request.socket.localPort}`;
};
