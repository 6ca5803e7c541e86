/** The customers of a schedule: who comes, what each has in their pocket, and which of them share a code. */
import { type Customer, createPersona, type Persona } from './customer.ts';
import { markets } from './market.ts';
import type { Random } from './random.ts';
import type { Upstreams } from './upstreams.ts';

export interface CrowdOptions {
  random: Random;
  customers: number;
  /** Only these customers, by number; the others are left out. */
  only?: readonly number[];
  /** Traits that all customers get. */
  persona?: Partial<Persona>;
}

export interface Crowd {
  /** The customers, each with codes that the services have made for them. */
  gather(upstreams: Pick<Upstreams, 'makeCodes'>): Promise<Customer[]>;
  /** The number of the customer whose code or order this is; empty where it is nobody's. */
  subjectOf(codeOrOrder: string): string;
}

/** A seeded code that looks usable, but that somebody else uses just before. */
const racing = 'RACE0001';

export function createCrowd({ random, customers: many, only, persona: traits }: CrowdOptions): Crowd {
  const names = new Map<string, number>();
  return {
    subjectOf: (codeOrOrder) => String(names.get(codeOrOrder) ?? ''),
    async gather(upstreams) {
      const customers: Customer[] = [];
      for (let index = 0; index < many; index += 1) {
        const persona = { ...createPersona(random, index), ...traits };
        if (only && !only.includes(index)) continue;
        const market = markets[persona.currency];
        const rule = persona.discount === 'all' ? market.full : market.discount;
        const pocket: Customer['pocket'] = {
          codes: await upstreams.makeCodes(market.enter, 3),
          discountCodes: persona.discount === 'none' ? [] : await upstreams.makeCodes(rule, 1),
          typed: new Set(),
          transfers: [],
          texts: new Map(),
          smsSent: 0,
        };
        // One in twelve customers shares a code with another.
        if (persona.currency === 'PLN' && !customers.some(({ pocket: { codes } }) => codes[0] === racing))
          pocket.codes[0] = racing;
        const rival = customers.at(-1);
        if (rival?.persona.currency === persona.currency && persona.random.chance(0.25))
          pocket.codes[0] = rival.pocket.codes[0] ?? '';
        for (const name of [...pocket.codes, ...pocket.discountCodes, persona.orderId]) names.set(name, index);
        customers.push({ persona, pocket, checkouts: [] });
      }
      return customers;
    },
  };
}

/** The codes that customers were shown to send by SMS, with their payments. */
export const shownCodes = (customers: readonly Customer[]): ReadonlyMap<string, string> =>
  new Map(
    customers.flatMap(({ checkouts }) =>
      checkouts.flatMap(({ paymentId, views }) =>
        views.flatMap(({ whole: { nextAction } }): [string, string][] =>
          nextAction.kind === 'send_sms' ? [[nextAction.text.split(' ').at(-1) ?? '', paymentId]] : [],
        ),
      ),
    ),
  );
