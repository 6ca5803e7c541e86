/** While the server closes: what is running may finish, what is new is sent elsewhere. */
import fp from 'fastify-plugin';
import { ProblemError } from '../payments/model/problem-error.ts';

export const draining = fp(
  async (app) => {
    let closing = false;
    app.addHook('preClose', async () => {
      closing = true;
    });
    // Fastify's own answer while closing is no problem document and has no CORS headers, so a page could not read it.
    app.addHook('onRequest', async (request) => {
      if (closing && request.routeOptions.url !== '/healthz') throw new ProblemError('busy', { detail: 'the server is closing' });
    });
    app.addHook('onSend', async (_request, reply) => {
      if (closing) reply.header('connection', 'close');
    });
  },
  { name: 'draining' },
);
