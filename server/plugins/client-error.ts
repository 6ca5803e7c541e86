/** Answers what is not even HTTP: broken framing, headers too large, a request that comes too slowly. There is no route and no reply. */
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { ProblemError } from '../payments/model/problem-error.ts';
import { newRequestId } from './log.ts';
import { problemBody } from './problems.ts';

const problems: Record<string, ProblemError> = {
  ERR_HTTP_REQUEST_TIMEOUT: new ProblemError('invalid_request', { status: 408, detail: 'the request came too slowly' }),
  HPE_HEADER_OVERFLOW: new ProblemError('too_large', { status: 431, detail: 'the headers are too large' }),
};

export function clientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const problem = problems[error.code ?? ''] ?? new ProblemError('invalid_request', { detail: 'this is not HTTP' });
  const body = problemBody(problem, newRequestId());
  const text = JSON.stringify(body);
  socket.end(
    `HTTP/1.1 ${body.status} ${STATUS_CODES[body.status]}\r\nConnection: close\r\nCache-Control: no-store\r\n` +
      `Content-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
    () => socket.destroy(),
  );
}
