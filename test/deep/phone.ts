/** What customers do outside the page: an SMS, a transfer in the wallet's app. Here they push money; nobody of ours pulls it. */
import type { Transfer } from '#contract';
import type { Checkout } from './checkout.ts';
import type { Customer } from './customer.ts';
import type { World } from './world.ts';

/** Answers the SMS that came back. */
export async function sendSms(world: World, { paymentId }: Checkout, text: string, to: string): Promise<string | null> {
  const answer = await world.upstreams.control('paycodes', 'sms', { from: '48500100200', to, text });
  world.story.tell(paymentId, `the customer sends "${text}" to ${to}: "${answer?.mt ?? ''}"`);
  return (answer?.mt as string | null) ?? null;
}

/** Mostly the sum that is asked for; now and then a number with a meaning of its own to the simulator (its README). */
export async function pretendTransfer(
  world: World,
  { persona: { random }, pocket }: Customer,
  { paymentId }: Checkout,
  shown: Transfer,
): Promise<{ wallet: string; number: string; amount: number } | null> {
  const wallet = shown.walletType;
  if (random.chance(0.2)) {
    const kind = random.weighted({ '01': 2, '02': 3, '04': 2, '05': 1, '06': 1, '07': 1 });
    const made = { wallet, number: `10${random.between(100_000, 999_999)}${kind}`, amount: shown.amount };
    world.story.tell(paymentId, `the customer has a number that the service treats in its own way: ${made.number}`);
    pocket.transfers.push(made);
    return made;
  }
  const amount = random.weighted({ '1': 9, '0.5': 0.7, '1.5': 0.3 });
  const minor = Math.round((shown.amount * Number(amount)) / 100) * 100;
  const [first] = shown.requisites;
  const order = { wallet, identifier: first?.value, amount: minor / 100, currency: 'MMK' };
  const answer = await world.upstreams.control('paykassma', 'transfers', order);
  if (!answer) return null;
  const made = { wallet, number: String(answer.transaction_number), amount: minor };
  world.story.tell(paymentId, `the customer transfers ${minor} in the wallet's app: number ${made.number}`);
  pocket.transfers.push(made);
  return made;
}
