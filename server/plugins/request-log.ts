/** One line for each answer: who asked is not told, what was asked only as the route's pattern. */
import fp from 'fastify-plugin';

export const requestLog = fp(
  async (app) => {
    app.addHook('onResponse', async (request, reply) => {
      const { problem, elapsedTime } = reply;
      const line = { req: request, res: reply, responseTime: Math.round(elapsedTime), ...(problem ? { problem } : {}) };
      // Probes come every few seconds and say nothing.
      if (request.routeOptions.config.quiet) request.log.debug(line, 'answered');
      else request.log.info(line, 'answered');
    });
  },
  { name: 'request-log' },
);

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Log its answers at debug level only. */
    quiet?: boolean;
  }
}
