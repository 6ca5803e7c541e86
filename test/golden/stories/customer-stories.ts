/** Stories of a customer's page that no state of the QA page covers, and of money that arrives in between. */
import { createHmac } from 'node:crypto';
import { demoKeys } from '../../../server/demo-keys.ts';
import { firstMoment } from '../frozen-demo.ts';
import type { Scene } from '../scene.ts';
import { StoryClient } from './story-client.ts';

const hour = 3_600_000;

export const customerStories: Scene[] = [
  {
    id: 'story-leaving',
    words: 'A discount taken off again, an SMS left, the payment canceled',
    async play(frozen) {
      const client = new StoryClient(frozen);
      const { secret } = await client.create({ amount: 3_000 });
      await client.customer(secret, 'POST /checkout/pay-code', { code: 'DISC5PLN' });
      await client.customer(secret, 'DELETE /checkout/discount');
      await client.customer(secret, 'POST /checkout/pay-code', { code: 'DISC5PLN' });
      await client.customer(secret, 'POST /checkout/sms-code/start', {});
      await client.customer(secret, 'POST /checkout/abandon', {});
      await client.customer(secret, 'POST /checkout/recheck', {});
      await client.customer(secret, 'POST /checkout/pay-code', { code: 'GOOD0001', amount: 1 });
      await client.customer(secret, 'POST /checkout/cancel', {});
      await client.customer(secret, 'POST /checkout/pay-code', { code: 'GOOD0001' });
      await client.customer('cs_of_nobody', 'GET /checkout');
    },
  },
  {
    id: 'story-link',
    words: 'Signed links',
    async play(frozen) {
      const client = new StoryClient(frozen);
      const { bff } = frozen.origins;
      const link = {
        merchant: demoKeys.merchantId,
        kid: demoKeys.linkKey.kid,
        label: 'customer-1',
        custom_transaction_id: 'order-1',
        fixed_amount: '25',
        currency_code: 'PLN',
        exp: String(Math.floor((firstMoment + hour) / 1_000)),
      };
      const open = (query: string) => client.anybody('POST /checkout/link', { body: { query }, headers: { origin: bff } });
      const { clientSecret } = await open(signed(link));
      await client.customer(String(clientSecret), 'GET /checkout');
      await open(signed(link));
      await open(signed({ ...link, fixed_amount: '26' }));
      await open(`${signed(link)}&theme=dark`);
      await open(signed(link).replace('fixed_amount=25', 'fixed_amount=1'));
      await open(signed({ ...link, exp: String(Math.floor((firstMoment - hour) / 1_000)) }));
    },
  },
  {
    id: 'story-paid-while-code-waits',
    words: 'A transfer is found while an SMS is waited for',
    async play(frozen) {
      const client = new StoryClient(frozen);
      const { id, secret } = await client.create({ amount: 600_000, currency: 'MMK' });
      await client.customer(secret, 'POST /checkout/wallet', { walletType: 'wavepay' });
      await client.customer(secret, 'POST /checkout/wallet/transaction', { transactionNumber: '1012345603' });
      await client.customer(secret, 'POST /checkout/abandon', {});
      await client.customer(secret, 'POST /checkout/reversed-sms/start', { acknowledge: true });
      const [claim] = frozen.demo.paykassma.ledger().transactions;
      await order('/qa/paykassma/transactions/match', { custom_transaction_id: claim?.custom_transaction_id });
      await client.customer(secret, 'GET /checkout');
      await order('/qa/clock', { advanceMs: 2 * hour });
      await client.customer(secret, 'GET /checkout');
      await client.merchant(`GET /v1/payments/${id}`);
    },
  },
];

/** Signs a link by `server/links/README.md`. */
function signed(parameters: Record<string, string>): string {
  const text = Object.keys(parameters)
    .sort()
    .map((name) => `${name}=${encodeURIComponent(parameters[name] ?? '')}`)
    .join('&');
  const signature = createHmac('sha256', demoKeys.linkKey.key).update(`pay-desk-link-v1\n${text}`).digest('base64url');
  return new URLSearchParams({ ...parameters, signature }).toString();
}

/** Posts to a control of the demo. */
async function order(path: string, body: object): Promise<void> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
}
