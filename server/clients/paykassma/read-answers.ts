/**
 * Tells Paykassma's documented answers apart. `undefined` = none of them, so what became of the call is unknown.
 *
 * The HTTP status of a `fail` is undocumented, so it is believed with 2xx and 4xx, and not with 5xx: what a service in
 * trouble says of a spending call proves nothing. Every other answer needs a 2xx.
 */
import type * as z from 'zod';
import type { ActivateAnswer, AvailableAnswer, CreateAnswer, PossibleTransactionAnswer, Refused } from './answers.ts';
import type { JsonValue } from './exact-json.ts';
import { minorUnits } from './minor-units.ts';
import { AcceptedNotCredited, Available, Created, Credited, Fail, Submitted, Waiting } from './schema.ts';

type Answer = JsonValue | undefined;

export function readAvailable(answer: Answer, status: number): AvailableAnswer | undefined {
  const wallets = readOk(Available, answer, status);
  return wallets ? { kind: 'available', wallets } : readRefused(answer, status);
}

export function readCreate(answer: Answer, status: number): CreateAnswer | undefined {
  const params = readOk(Created, answer, status);
  return params ? { kind: 'requisites', params } : readRefused(answer, status);
}

export function readActivate(
  answer: Answer,
  status: number,
  minorUnitDigits: (currency: string) => number,
): ActivateAnswer | undefined {
  const credited = readOk(Credited, answer, status);
  if (credited) {
    const currency = credited.currency.code;
    const amount = minorUnits(credited.deposit_amount, minorUnitDigits(currency));
    return amount === undefined ? undefined : { kind: 'credited', amount, currency };
  }
  if (readOk(AcceptedNotCredited, answer, status)) return { kind: 'accepted_not_credited' };
  const waiting = readOk(Waiting, answer, status);
  return waiting ? { kind: waiting.status } : readRefused(answer, status);
}

export function readPossibleTransaction(answer: Answer, status: number): PossibleTransactionAnswer | undefined {
  return readOk(Submitted, answer, status) ? { kind: 'submitted' } : readRefused(answer, status);
}

const isOk = (status: number) => status >= 200 && status <= 299;

const readOk = <Schema extends z.ZodType>(schema: Schema, answer: Answer, status: number): z.output<Schema> | undefined =>
  isOk(status) ? schema.safeParse(answer).data : undefined;

function readRefused(answer: Answer, status: number): Refused | undefined {
  const fail = isOk(status) || (status >= 400 && status <= 499) ? Fail.safeParse(answer).data : undefined;
  return fail && { kind: 'refused', fields: fail.message };
}
