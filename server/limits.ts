/** The limits of the HTTP server, in bytes and milliseconds. Fastify leaves most of these unlimited. */
export interface Limits {
  /** Of a request's body. A route that needs more sets its own limit. */
  bodyBytes: number;
  headerBytes: number;
  /** To receive the headers, and to receive the whole request. A picture over a bad network takes long. */
  headersMs: number;
  requestMs: number;
  /** To answer a received request. `GET /checkout` waits on purpose and has its own limit of 30 s. */
  handlerMs: number;
  /** For a connection on which nothing moves. Longer than the longest wait, or it would cut a waiting customer off. */
  silenceMs: number;
  /** How long an idle connection is kept for the next request. */
  keepAliveMs: number;
  /** The same behind a proxy. Longer than the usual minute of a proxy, or it would send a request into a closing connection. */
  proxiedKeepAliveMs: number;
  /** How long an idle connection of a proxy is left open while the server closes. */
  proxiedDrainMs: number;
  /** How often Node looks for connections that have exceeded their time. */
  sweepMs: number;
  connections: number;
  /** Requests that are begun and not received whole: of one address, and of all together. Beyond it the oldest is cut off. */
  unfinishedPerAddress: number;
  unfinished: number;
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
  proxiedDrainMs: 2_000,
  sweepMs: 1_000,
  connections: 10_000,
  unfinishedPerAddress: 100,
  unfinished: 3_000,
  requestsPerConnection: 1_000,
};
