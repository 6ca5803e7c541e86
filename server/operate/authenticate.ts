/**
 * Authenticates an operator by their key, and keeps what an operator may not do from them. A right key always works. Wrong ones are
 * stored in the operators' log, ten a minute of one address at most; after that they are refused without a trace, so that whoever
 * guesses cannot fill the database either.
 */
import fp from 'fastify-plugin';
import { operatorActor } from '#contract/operate';
import { expiryOf, hashKey, type Operator, type OperatorScope, operatorKeyFault } from '../payments/model/access-keys.ts';
import { ProblemError } from '../payments/model/errors.ts';
import { newId } from '../payments/model/ids.ts';
import type { Actor } from '../payments/model/operator-records.ts';
import type { Clock, Sealer } from '../payments/model/ports.ts';
import type { Store } from '../payments/model/store.ts';
import { isoTime, minuteMs } from '../payments/model/time.ts';
import { readPerson, type SingleSignOn } from './person.ts';

export interface SignedIn extends Operator {
  /** Who it is that uses the key, as the single sign-on proxy says; null if nobody says. */
  readonly person: string | null;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** On operators' routes: who calls. */
    operator: SignedIn;
  }
  interface FastifyContextConfig {
    /** On operators' routes that change something: what the operator must be allowed to do. `act`: nothing beyond the role. */
    operatorScope?: OperatorScope | 'act';
  }
}

interface AuthenticateOperatorOptions {
  /** The operators of this moment. */
  operators: () => readonly Operator[];
  store: Pick<Store, 'hitRateLimit' | 'insertOperatorLog'>;
  clock: Clock;
  sealer: Sealer;
  /** Absent where no proxy names persons. With one, acts are taken only from a person that it names. */
  singleSignOn?: SingleSignOn | undefined;
}

const wrongKeysPerMinute = 10;

export const authenticateOperator = fp<AuthenticateOperatorOptions>(
  async (scope, { operators, store, clock, sealer, singleSignOn }) => {
    scope.addHook('onRoute', (route) => {
      route.schema = { tags: ['operate'], security: [{ operatorKey: [] }], ...route.schema };
    });
    scope.addHook('onRequest', async (request) => {
      const key = /^bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
      const hash = key === undefined || operatorKeyFault(key) ? null : hashKey(key);
      const operator = operators().find(({ keyHash }) => keyHash === hash);
      const reason = refusal(operator, clock.now());
      if (!operator || reason) {
        if (key !== undefined) await recordWrongKey(request.ip, operator?.name ?? '', reason ?? 'unknown key');
        throw new ProblemError('unauthorized', {
          detail:
            reason ??
            (key === undefined ? 'expected the key of an operator: Authorization: Bearer op_…' : 'no operator has this key'),
        });
      }
      const needed = request.routeOptions.config.operatorScope;
      if (needed && operator.role !== 'act')
        throw new ProblemError('forbidden', { detail: 'this operator may read, and not act' });
      if (needed && needed !== 'act' && !operator.scopes.includes(needed)) {
        throw new ProblemError('forbidden', { detail: `this operator lacks the scope ${needed}` });
      }
      const person = singleSignOn ? readPerson(singleSignOn, request) : null;
      // Otherwise one person with two keys could come around the proxy with one of them, and be a second person.
      if (needed && singleSignOn && person === null) {
        const detail = `acts are taken only through the single sign-on proxy, which names the person in ${singleSignOn.header}`;
        throw new ProblemError('forbidden', { detail });
      }
      request.operator = { ...operator, person };
    });

    const recordWrongKey = async (address: string, name: string, reason: string): Promise<void> => {
      const now = clock.now();
      const subject = sealer.fingerprint(`operator-address:${address}`);
      const { count, resetsAt } = await store.hitRateLimit('operator_key', subject, now, minuteMs);
      if (count > wrongKeysPerMinute) throw new ProblemError('too_many_attempts', { retryAt: isoTime(resetsAt) });
      await store.insertOperatorLog({
        id: newId('log'),
        operator: name,
        action: 'sign_in_failed',
        target: '',
        data: { reason },
        at: now,
      });
    };
  },
  { name: 'operators-only' },
);

/** Why a key that is listed is not accepted; null if it is. */
function refusal(operator: Operator | undefined, now: number): string | null {
  const expiry = operator ? expiryOf(operator) : null;
  return expiry === null || now < expiry ? null : `this key was valid until ${operator?.expires}: ask for a new one`;
}

/** How the history of a payment names the operator. */
export const operatorName = ({ name, person }: Pick<SignedIn, 'name' | 'person'>): Actor => operatorActor(name, person);

/** Whose payments the operator may see; null for all. */
export const merchantsOf = (operator: Operator): readonly string[] | null => operator.merchants ?? null;

/** Throws as if what belongs to another merchant did not exist. */
export function requireVisible(operator: Operator, merchantId: string): void {
  if (operator.merchants && !operator.merchants.includes(merchantId)) throw new ProblemError('not_found');
}
