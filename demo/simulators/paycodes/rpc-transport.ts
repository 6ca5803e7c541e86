/** JSON-RPC 2.0: the method in the body; an error is HTTP 200 with an `error` in it (a guess: the documents name no form). */
import { readQuestion } from './read-question.ts';
import type { Transport } from './serve-call.ts';

export function rpcTransport(body: string): Transport {
  /** The question's, null as long as it has not been read. */
  let id: string | number | null = null;
  return {
    read() {
      const question = readQuestion(body);
      id = question.id;
      return question;
    },
    dress: (answer) => ({ jsonrpc: '2.0', id, ...('error' in answer ? { error: answer.error.body() } : answer) }),
  };
}
