/** Carries one call out, at once and whole: its effect on the books, its answer, its line in the ledger. */
import type * as z from 'zod';
import type { Call } from './call.ts';
import { cardMethods } from './card-methods.ts';
import type { MethodName } from './method-name.ts';
import { moneyMethods } from './money-methods.ts';
import type { Question } from './read-question.ts';
import { receiptMethods } from './receipt-methods.ts';
import { RpcError } from './rpc-error.ts';
import type { World } from './world.ts';

interface Method {
  params: z.ZodType;
  run(world: World, params: never): object;
}

const methods: Record<MethodName, Method> = { ...cardMethods, ...receiptMethods, ...moneyMethods };

/** @returns the answer without its envelope, and whether it comes late; its outcome is written into `call` */
export function answerCall(question: Question, world: World, call: Call): { answer: object; slow: boolean } {
  try {
    const result = run(question, world, call);
    note(call, result);
    return { answer: { result }, slow: false };
  } catch (cause) {
    const error = cause instanceof RpcError ? cause : new RpcError('system_error');
    call.outcome = `error:${error.code}`;
    return { answer: { error: error.body(world.settings.messageAs) }, slow: error.slow };
  }
}

function run({ method, params }: Question, world: World, { auth }: Call): object {
  checkAuth(method, auth);
  const parsed = methods[method].params.safeParse(params);
  // The field's name and nothing of its value: it may be a card number.
  if (!parsed.success) throw new RpcError('invalid_params', { data: parsed.error.issues[0]?.path.join('.') ?? '' });
  const refused = world.settings.refuse[method];
  if (refused) throw new RpcError(refused);
  // The table pairs each method with its own params; TypeScript cannot see that through the index.
  return methods[method].run(world, parsed.data as never);
}

/** Cards may be handled by a page, which knows no key; receipts only by a server. A key that is sent has to be right. */
function checkAuth(method: MethodName, auth: Call['auth']): void {
  if (auth === 'unknown_id') throw new RpcError('cashbox_unknown');
  if (auth !== 'key' && !(auth === 'id' && method.startsWith('cards.'))) throw new RpcError('access_denied');
}

function note(call: Call, result: object): void {
  const { _id, state }: { _id?: string; state?: number } = 'receipt' in result ? Object(result.receipt) : result;
  call.outcome = state === undefined ? 'ok' : `state:${state}`;
  if (_id !== undefined) call.receipt = _id;
}
