/** How much and how long, in bytes and milliseconds. Fastify leaves most of these unlimited. */
export interface Limits {
  /** Of a request. Routes that need more say so. */
  bodyBytes: number;
  headerBytes: number;
  /** To receive the headers, and the whole request: what a slow sender can hold us up. A picture over a bad network takes its time. */
  headersMs: number;
  requestMs: number;
  /** To answer, once the request is here. `GET /checkout` waits on purpose and has 30 s of its own. */
  handlerMs: number;
  /** A connection on which nothing moves. Longer than the longest wait, or it would cut a customer who is only waiting. */
  silenceMs: number;
  /** An idle connection kept for the next request. */
  keepAliveMs: number;
  /** The same behind a proxy: longer than the minute proxies keep theirs, or they would send a request into a closing one. */
  proxiedKeepAliveMs: number;
  /** How often Node looks for connections that are over their time. */
  sweepMs: number;
  connections: number;
  requestsPerConnection: number;
}

export const limits: Limits = {
  bodyBytes: 16 * 1024,
  headerBytes: 32 * 1024,
  headersMs: 5_000,
  requestMs: 75_000,
  handlerMs: 15_000,
  silenceMs: 35_000,
  keepAliveMs: 5_000,
  proxiedKeepAliveMs: 65_000,
  sweepMs: 1_000,
  connections: 10_000,
  requestsPerConnection: 1_000,
};
