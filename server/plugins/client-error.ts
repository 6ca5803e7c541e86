/** Answers input that is no valid HTTP request: broken framing, headers too large, a request that arrives too slowly. */
import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ProblemError } from '../payments/model/errors.ts';
import { newRequestId } from './log.ts';
import { problemBody } from './problems.ts';

/** How many requests each connection has brought. */
const received = new WeakMap<Socket, number>();

/** Counts the requests of each connection, for `clientError`. */
export function countRequests(server: Server): void {
  server.on('request', ({ socket }: IncomingMessage) => void received.set(socket, (received.get(socket) ?? 0) + 1));
}

/**
 * Where this process stood still for longer than the time limit – a starved machine, a paused virtual one –, Node compares clocks before
 * it reads what has arrived meanwhile, and calls requests late that have been waiting for us. So what has arrived is read first, and
 * only who has still not sent a request is refused.
 */
export async function clientError(error: Error & { code?: string }, socket: Socket): Promise<void> {
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    const before = received.get(socket);
    await nextTurn();
    await nextTurn();
    if (received.get(socket) !== before) return;
  }
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const problem = transportProblems[error.code ?? ''] ?? new ProblemError('invalid_request', { detail: 'this is not HTTP' });
  const body = problemBody(problem, newRequestId());
  const text = JSON.stringify(body);
  socket.end(
    `HTTP/1.1 ${body.status} ${STATUS_CODES[body.status]}\r\nConnection: close\r\nCache-Control: no-store\r\n` +
      `Content-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
    () => socket.destroy(),
  );
}

const transportProblems: Record<string, ProblemError> = {
  ERR_HTTP_REQUEST_TIMEOUT: new ProblemError('invalid_request', { status: 408, detail: 'the request came too slowly' }),
  HPE_HEADER_OVERFLOW: new ProblemError('too_large', { status: 431, detail: 'the headers are too large' }),
};
