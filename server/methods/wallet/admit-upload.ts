/**
 * Whether the picture of a transfer is read at all, decided by the headers of the request. What the payment certainly cannot take is
 * refused unread, and pictures in memory have a limit for each payment, for each address and in all. Whoever is refused for that may
 * come again in a moment.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { paymentReference } from '#contract';
import { ProblemError } from '../../payments/model/errors.ts';
import { submissionDeadline } from '../../payments/model/payment-state.ts';
import type { Clock } from '../../payments/model/ports.ts';
import type { PaymentRecord } from '../../payments/model/records.ts';
import type { Store } from '../../payments/model/store.ts';
import type { Payments } from '../../payments/payments.ts';
import { rateLimitKeyForIp } from '../client-address.ts';
import { largestUpload } from './read-upload.ts';

interface AdmissionDeps {
  store: Pick<Store, 'attempts'>;
  payments: Pick<Payments, 'view'>;
  clock: Clock;
}

const mostOfPayment = 2;
/** Bytes. Many customers of a mobile network share one address, and their pictures have less than a megabyte. */
const mostOfAddress = 16 * 1024 * 1024;
const mostInAll = 64 * 1024 * 1024;

export interface UploadAdmission {
  /** For `onRequest`, after the customer is known. @throws {ProblemError} if the body is not to be read */
  admit(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** Does the work with the picture, which counts until that is done, even if the customer was answered before. */
  during<T>(request: FastifyRequest, work: () => Promise<T>): Promise<T>;
}

/** Counts what one process has in memory. */
export function createUploadAdmission(deps: AdmissionDeps): UploadAdmission {
  const inMemory = new Map<string, number>();
  const held = new WeakMap<FastifyRequest, { atWork: boolean; end(): void }>();
  const add = (key: string, amount: number): void => {
    const sum = (inMemory.get(key) ?? 0) + amount;
    if (sum > 0) inMemory.set(key, sum);
    else inMemory.delete(key);
  };

  return {
    async admit(request, reply) {
      const { payment } = request;
      const refused = await whyNot(deps, payment);
      if (refused)
        throw new ProblemError(refused, { view: await deps.payments.view(payment.id), reference: referenceOf(payment) });
      const bytes = declaredBytes(request);
      const counts = [
        [payment.id, 1, mostOfPayment],
        [rateLimitKeyForIp(request.ip), bytes, mostOfAddress],
        ['all', bytes, mostInAll],
      ] as const;
      // The customer may be gone by now.
      if (reply.raw.destroyed) return;
      if (counts.some(([key, amount, most]) => (inMemory.get(key) ?? 0) + amount > most))
        throw new ProblemError('busy', { reference: referenceOf(payment) });
      for (const [key, amount] of counts) add(key, amount);
      let ended = false;
      const slot = {
        atWork: false,
        end() {
          if (ended) return;
          ended = true;
          for (const [key, amount] of counts) add(key, -amount);
        },
      };
      held.set(request, slot);
      reply.raw.once('close', () => !slot.atWork && slot.end());
    },
    async during(request, work) {
      const slot = held.get(request);
      if (slot) slot.atWork = true;
      return work().finally(() => slot?.end());
    },
  };
}

const referenceOf = ({ id }: PaymentRecord): string => paymentReference(id);

/** Of the body, from its headers: the whole limit where they do not say it. */
function declaredBytes({ headers }: FastifyRequest): number {
  const length = Number(headers['content-length'] ?? largestUpload);
  return length >= 0 && length <= largestUpload ? length : largestUpload;
}

/**
 * Why this payment can take no picture any more, whatever it shows; null if it may. What depends on its status is decided after the
 * picture was read, because the request may be the repetition of one that was accepted.
 */
async function whyNot(
  { store, clock }: AdmissionDeps,
  payment: PaymentRecord,
): Promise<'method_unavailable' | 'payment_expired' | 'screenshot_format' | null> {
  const shown = (await store.attempts(payment.id)).filter(({ method, action }) => method === 'wallet' && action !== null).at(-1);
  if (shown?.action?.kind !== 'transfer') return 'method_unavailable';
  if (!shown.action.screenshot) return 'screenshot_format';
  return submissionDeadline(payment, shown) <= clock.now() ? 'payment_expired' : null;
}
