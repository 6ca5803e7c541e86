/** Composes the story of one payment from events, calls and the merchant's API, or lists all events. */
import type { Payment } from '#contract';
import type { Customer } from './customer.ts';
import type { UpstreamCall } from './fault-proxy.ts';
import type { SimulatedTime } from './simulated-time.ts';
import { type Story, storyOf } from './story.ts';
import type { Upstreams } from './upstreams.ts';

export interface StoryReader {
  /** The events of one payment or order, those that concern all in between, and its calls to the services. */
  story(about: string | null): string;
  /** The customer of this payment or order. */
  customerOf(about: string | null): number | null;
  /** Every event of the schedule. */
  all(): string;
  /** The payments at the end, by the merchant's API. */
  payments: readonly Payment[];
  calls: readonly UpstreamCall[];
}

export interface StoryReaderDeps {
  story: Story;
  upstreams: Upstreams;
  customers: readonly Customer[];
  payments: readonly Payment[];
  time: SimulatedTime;
}

export function createStoryReader({ story, upstreams: { calls }, customers, payments, time }: StoryReaderDeps): StoryReader {
  const of = (about: string | null) =>
    customers.find(
      ({ persona, checkouts }) => persona.orderId === about || checkouts.some(({ paymentId }) => paymentId === about),
    );
  const endedAt = time.now();
  return {
    payments,
    calls,
    customerOf: (about) => of(about)?.persona.index ?? null,
    all: () =>
      story
        .events()
        .map(({ at, about, text }) => `${((at - time.origin) / 1000).toFixed(1)} ${about ?? '-'} ${text}`)
        .join('\n'),
    story(about) {
      const customer = of(about);
      const payment = payments.find(({ id }) => id === about);
      const attempts = (payment?.attempts ?? []).map(({ id }) => id);
      const names = new Set([about, customer?.persona.orderId, ...attempts].filter((name) => typeof name === 'string'));
      const codes = new Set([...(customer?.pocket.typed ?? [])]);
      const receipts = new Set(calls.flatMap(({ about: call }) => (attempts.includes(call.attempt ?? '') ? [call.receipt] : [])));
      const own = calls.filter(
        ({ about: { attempt, client, code, receipt } }) =>
          attempts.some((id) => attempt === id || client?.endsWith(id)) ||
          codes.has(code ?? '') ||
          (receipt && receipts.has(receipt)),
      );
      const events = [
        ...story.events(),
        ...own.map((call) => ({ at: call.receivedAt, about, text: callLine(call, time.origin) })),
        ...(payment ? [{ at: endedAt, about, text: `in the end: ${endLine(payment)}` }] : []),
      ];
      return storyOf(events, names, time.origin);
    },
  };
}

function callLine(
  { upstream, operation, about, fault, answer, deliveredAt, receivedAt, answeredAt }: UpstreamCall,
  origin: number,
): string {
  const details = Object.entries(about)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
  const late =
    deliveredAt !== null && deliveredAt - receivedAt > 1_000
      ? `, arrives at +${((deliveredAt - origin) / 1000).toFixed(1)}s`
      : '';
  const came = deliveredAt === null ? ', never arrives' : answeredAt === null ? ', the answer is lost' : '';
  return `${upstream} ${operation} ${details}${fault ? ` [${fault}${late}${came}]` : ''} → ${answer?.slice(0, 110) ?? 'nothing'}`;
}

function endLine({ status, due, amountPaid, attempts, evidence }: Payment): string {
  const deps = attempts.map((one) => `${one.id} ${one.method} ${one.status}`);
  const proofs = evidence.map((one) => `${one.upstreamId} ${one.amount}${one.counted ? '' : ' not counted'}`);
  return `${status}, ${amountPaid} of ${due}; attempts: ${deps.join(', ') || 'none'}; evidence: ${proofs.join(', ') || 'none'}`;
}
