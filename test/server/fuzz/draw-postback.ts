/** Draws postbacks of Paykassma in each of their forms: correctly signed over hostile values, wrongly signed, or no JSON at all. */
import { createHash } from 'node:crypto';
import { hostileTexts, spoil } from './hostile-values.ts';
import type { Random } from './random.ts';

const hex = (digest: 'md5' | 'sha1', text: string) => createHash(digest).update(text).digest('hex');

export function drawPostback(random: Random, { accessKey, privateKey }: { accessKey: string; privateKey: string }): string {
  if (random.oneIn(10)) return random.pick(hostileTexts);
  const form = random.pick(['flat', 'legacy', 'apay'] as const);
  let signed: unknown = Array.from({ length: 1 + random.below(2) }, () => transaction(form, random));
  for (let wrong = random.below(3); wrong > 0; wrong -= 1) signed = spoil(signed, random);
  const json = JSON.stringify(signed) ?? 'null';
  const key = random.oneIn(4) ? 'the key of somebody else' : privateKey;
  const signature = hex('sha1', accessKey + key + hex('md5', json));
  let around: unknown = {
    signature,
    wallet_type: 'wavepay',
    amount: random.pick([6000, 1, -1, 1e21, '6000.00', null]),
    currency_code: random.pick(['MMK', 'PLN', 'mmk', '', null]),
    label: 'customer-1',
    direction: random.pick(['ingoing', 'outgoing', 'sideways', null]),
  };
  if (random.oneIn(4)) around = spoil(around, random);
  const [text = '{}', name] = [JSON.stringify(around), form === 'flat' ? 'additional_data' : 'transactions'];
  // The signature is over the exact text, so the signed part is put in as it is.
  const whole = text.startsWith('{"') ? `${text.slice(0, -1)},"${name}":${json}}` : text;
  return random.oneIn(20) ? whole.slice(0, random.below(whole.length)) : whole;
}

function transaction(form: 'flat' | 'legacy' | 'apay', random: Random): object {
  const ours = random.pick(['att_0', `att_${random.below(1e6)}`, '', null]);
  const number = String(10_000_000_000 + random.below(1e9));
  if (form === 'flat') return { transaction_id: number, plugin_custom_order_id: ours };
  const money = { amount: random.pick(['6000', 6000, '0', -5, '1e3', 0.1]), currency_code: 'MMK', wallet_type: 'wavepay' };
  if (form === 'legacy') return { ...money, transaction_id: number, custom_id: ours, transaction_type: 1, from: null };
  const status = random.pick(['Success', 'Failed', 'Rejected', 'Perhaps', null]);
  return { ...money, order_id: number, status, currency: 'MMK', payment_system: 'wavepay', custom_transaction_id: ours };
}
