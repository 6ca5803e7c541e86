/** What customers do outside the page: send an SMS, make a transfer in the wallet's app. This money is pushed and not pulled. */
import type { Transfer } from '#contract';
import type { Checkout } from './checkout.ts';
import type { RunContext } from './context.ts';
import type { Customer } from './customer.ts';

/** @returns The reply to the SMS. */
export async function sendSms(context: RunContext, { paymentId }: Checkout, text: string, to: string): Promise<string | null> {
  const answer = await context.upstreams.control('paycodes', 'sms', { from: '48500100200', to, text });
  context.story.add(paymentId, `the customer sends "${text}" to ${to}: "${answer?.mt ?? ''}"`);
  return (answer?.mt as string | null) ?? null;
}

/** Mostly a transfer of the requested amount, sometimes a number with a meaning to the simulator (see its README). */
export async function pretendTransfer(
  context: RunContext,
  { persona: { random }, pocket }: Customer,
  { paymentId }: Checkout,
  shown: Transfer,
): Promise<{ wallet: string; number: string; amount: number } | null> {
  const wallet = shown.walletType;
  if (random.chance(0.2)) {
    const kind = random.weighted({ '01': 2, '02': 3, '04': 2, '05': 1, '06': 1, '07': 1 });
    const made = { wallet, number: `10${random.between(100_000, 999_999)}${kind}`, amount: shown.amount };
    context.story.add(paymentId, `the customer has a number that the service treats in its own way: ${made.number}`);
    pocket.transfers.push(made);
    return made;
  }
  const amount = random.weighted({ '1': 9, '0.5': 0.7, '1.5': 0.3 });
  const minor = Math.round((shown.amount * Number(amount)) / 100) * 100;
  const [first] = shown.requisites;
  const order = { wallet, identifier: first?.value, amount: minor / 100, currency: 'MMK' };
  const answer = await context.upstreams.control('paykassma', 'transfers', order);
  if (!answer) return null;
  const made = { wallet, number: String(answer.transaction_number), amount: minor };
  context.story.add(paymentId, `the customer transfers ${minor} in the wallet's app: number ${made.number}`);
  pocket.transfers.push(made);
  return made;
}
