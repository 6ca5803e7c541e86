/**
 * A kept HTTP connection that does as little as possible for each request, so that the server is what is measured and not who asks it.
 * Understands answers with a `Content-Length` only, as those of our interface are.
 */
import { connect, type Socket } from 'node:net';
import { anAddress } from './built-server.ts';

export interface Answer {
  status: number;
  body: string;
}

export interface Connection {
  /** One request at a time. @throws Where the connection ends without an answer. */
  ask(request: string): Promise<Answer>;
  close(): void;
}

/** Connects at the first request, and again whenever the server has ended the connection after an answer. */
export function openConnection(address: string): Connection {
  const { hostname, port } = new URL(address);
  let socket: Socket | null = null;
  let waiting: PromiseWithResolvers<Answer> | null = null;
  let received = '';

  const settle = (answer: Answer | Error): void => {
    const asked = waiting;
    waiting = null;
    received = '';
    if (answer instanceof Error) asked?.reject(answer);
    else asked?.resolve(answer);
  };
  const open = (): Socket => {
    const opened = connect(Number(port), hostname).setNoDelay(true).setEncoding('latin1');
    opened.on('data', (chunk: string) => {
      received += chunk;
      const answer = readAnswer(received);
      if (!answer) return;
      if (answer.isLast && socket === opened) socket = null;
      settle(answer);
    });
    opened.on('error', () => undefined);
    opened.on('close', () => {
      if (socket !== opened) return;
      socket = null;
      settle(new Error('the server ended a connection without an answer'));
    });
    return opened;
  };
  return {
    ask(request) {
      waiting = Promise.withResolvers<Answer>();
      socket ??= open();
      socket.write(request);
      return waiting.promise;
    },
    close() {
      const closing = socket;
      socket = null;
      closing?.destroy();
    },
  };
}

/** Null while it is incomplete. `isLast`: the server ends the connection after it. */
function readAnswer(text: string): (Answer & { isLast: boolean }) | null {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const head = text.slice(0, end);
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN);
  if (Number.isNaN(length)) throw new Error('an answer without a Content-Length');
  const body = text.slice(end + 4);
  if (body.length < length) return null;
  return { status: Number(head.slice(9, 12)), body, isLast: /\r\nconnection: close/i.test(head) };
}

/** The text of a request. With a body it has an Idempotency-Key of its own. */
export function requestText(
  method: 'GET' | 'POST',
  path: string,
  { bearer, body }: { bearer?: string; body?: object } = {},
): string {
  const text = body === undefined ? '' : JSON.stringify(body);
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    `x-forwarded-for: ${anAddress()}`,
    ...(bearer ? [`authorization: Bearer ${bearer}`] : []),
    ...(text
      ? [
          'content-type: application/json',
          `content-length: ${Buffer.byteLength(text)}`,
          `idempotency-key: ${crypto.randomUUID()}`,
        ]
      : []),
  ];
  return `${lines.join('\r\n')}\r\n\r\n${text}`;
}

/**
 * Makes this many requests, one at a time on each connection.
 * @param request Of the n-th, from 0 on.
 * @param onAnswer Is given each answer; by default one that is not 2xx ends the run.
 * @returns How long all of them took, in seconds.
 */
export async function askAll(
  connections: readonly Connection[],
  count: number,
  request: (n: number) => string,
  onAnswer: (answer: Answer, n: number) => void = requireOk,
): Promise<number> {
  const started = performance.now();
  let next = 0;
  const work = async (connection: Connection): Promise<void> => {
    while (next < count) {
      const n = next;
      next += 1;
      onAnswer(await connection.ask(request(n)), n);
    }
  };
  await Promise.all(connections.map(work));
  return (performance.now() - started) / 1000;
}

export function requireOk({ status, body }: Answer): void {
  if (status > 299) throw new Error(`an answer with the status ${status}: ${body.slice(0, 200)}`);
}
