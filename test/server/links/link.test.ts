/** `POST /checkout/link`, over HTTP and through the real server: which links open a payment, and which are refused. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import type { OpenedLink, Payment, PaymentView, ProblemDetails } from '../../../server/contract/index.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { payLinkQuery } from '../../support/pay-link.ts';
import { silentPayCode, startTestServer, type TestServer, testMerchant } from '../../support/test-server.ts';

const ownOrigin = 'https://pay.example';
const shopPage = 'https://shop.example';
const apiKey = 'sk_test_shop';
const keys = { old: 'the-old-link-key-of-32-signs-and-more', new: 'the-new-link-key-of-32-signs-and-more' };
const rivalKey = 'the-rivals-link-key-of-32-signs-and-more';
const clock = createFakeClock();
let server: TestServer['server'];
let lines: TestServer['lines'];
let close: TestServer['close'];

const merchant = (id: string, linkKeys: { kid: string; key: string }[]) =>
  testMerchant(id, `sk_test_${id}`, {
    linkKeys,
    allowedOrigins: [`https://${id}.example`],
    returnUrls: { thanks: 'https://thanks.example/page', '3': `https://${id}.example/wait` },
    methods: {
      payCode: {
        ...silentPayCode,
        rules: ['PLN', 'JPY', 'KWD'].map((currency) => ({ slug: `codes-${currency}`, kind: 'enter', currency, priceScale: 2 })),
      },
    },
  });

before(async () => {
  const links = [
    { kid: 'old', key: keys.old },
    { kid: 'new', key: keys.new },
  ];
  const rivals = merchant('rival', [{ kid: 'new', key: rivalKey }]);
  ({ server, lines, close } = await startTestServer([merchant('shop', links), rivals], clock));
});
after(async () => {
  await close();
});

let orders = 0;
type Changes = Record<string, string | undefined>;
/** A link of 25 PLN for a new order, with these changes; `undefined` leaves a parameter out. */
function parameters(changes: Changes = {}): Record<string, string> {
  orders += 1;
  const whole: Changes = {
    merchant: 'shop',
    kid: 'new',
    label: 'customer-7',
    currency_code: 'PLN',
    custom_transaction_id: `order-${orders}`,
    fixed_amount: '25',
    exp: String(Math.floor(clock.now() / 1000) + 600),
    ...changes,
  };
  return Object.fromEntries(Object.entries(whole).filter((pair): pair is [string, string] => pair[1] !== undefined));
}
const signed = (changes?: Changes, key = keys.new) => payLinkQuery(key, parameters(changes));

async function post(query: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.address}/checkout/link`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as OpenedLink & ProblemDetails };
}
const get = async <T>(path: string, token: string) =>
  (await (await fetch(server.address + path, { headers: { authorization: `Bearer ${token}` } })).json()) as T;
const view = (secret: string) => get<PaymentView>('/checkout', secret);
async function opened(query: string): Promise<PaymentView & { secret: string }> {
  const { status, body } = await post(query, { origin: ownOrigin });
  assert.equal(status, 200, JSON.stringify(body));
  return { ...(await view(body.clientSecret)), secret: body.clientSecret };
}
async function refused(query: unknown, status: number, code: string, field?: string) {
  const before = await count();
  const answer = await post(query);
  assert.deepEqual([answer.status, answer.body.code, answer.body.field], [status, code, field], String(query));
  assert.equal(await count(), before, 'a payment was made');
}
const count = async () => (await get<{ payments: Payment[] }>('/v1/payments?limit=100', apiKey)).payments.length;
const read = (id: string) => get<Payment>(`/v1/payments/${id}`, apiKey);

describe('a signed link', () => {
  it('opens the payment it describes', async () => {
    const link = parameters({ methods: 'pay_code,wallet', wallet_type: 'wavepay', lang: 'my', theme: 'dark' });
    const { id, amount, currency, orderId, nextAction } = await opened(payLinkQuery(keys.new, link));
    assert.deepEqual([amount, currency, orderId, nextAction.kind], [2500, 'PLN', link.custom_transaction_id ?? '', 'enter_code']);
    const { label, methods, metadata, test } = await read(id);
    assert.deepEqual(
      { label, methods, metadata, test },
      { label: 'customer-7', methods: ['pay_code'], metadata: {}, test: true },
    );
  });

  for (const [currency_code, amount] of [
    ['PLN', 700_00],
    ['JPY', 700],
    ['KWD', 700_000],
  ] as const) {
    it(`has its amount in whole units: 700 ${currency_code} are ${amount} minor units`, async () => {
      assert.equal((await opened(signed({ currency_code, fixed_amount: '700' }))).amount, amount);
    });
  }

  it('is signed by any key of the merchant that `kid` names, and by no other', async () => {
    await opened(signed({ kid: 'old' }, keys.old));
    await refused(signed({ kid: 'old' }, keys.new), 401, 'unauthorized');
    await refused(signed({ kid: 'constructor' }), 401, 'unauthorized');
    await refused(signed({ merchant: 'rival' }), 401, 'unauthorized');
    await refused(signed({ merchant: 'nobody' }), 401, 'unauthorized');
  });

  it('can have a bare number at its end, as the documented frame script appends it', async () => {
    const query = signed();
    const { id } = await opened(query);
    assert.equal((await opened(`${query}&1732000000000`)).id, id);
    assert.equal((await opened(`1732000000000&${query}`)).id, id);
  });

  for (const appended of [
    'fbclid=IwAR0x&h=1',
    'gclid=1&gbraid=2&wbraid=3&msclkid=4&dclid=5',
    'utm_source=mail&utm_medium=a%20b&utm_campaign=spring&utm_id=7&utm_term=&utm_content',
    'yclid=1&ysclid=2&_openstat=3',
    'ttclid=1&twclid=2&igsh=3&mc_cid=4&mc_eid=5&_hsenc=6',
    'tgWebAppStartParam=x&tgWebAppData=user%3D%257B%2522id%2522%253A1%257D',
    'tracker=%ff&%=1&%00=2&\u1000=3',
    '&&',
    '=',
    '__proto__=1&constructor=2',
    'Fixed_Amount=1&fixed_amount%00=1&fixed_amount[]=1',
  ]) {
    it(`opens the same payment with ${JSON.stringify(appended)} appended, before it or inside it`, async () => {
      const query = signed();
      const { id, amount } = await opened(query);
      assert.equal(amount, 2500);
      for (const changed of [`${query}&${appended}`, `${appended}&${query}`, query.replace('&label=', `&${appended}&label=`)])
        assert.equal((await opened(changed)).id, id, changed);
    });
  }

  it('can be shown in any language and theme: those two are not signed', async () => {
    const query = signed();
    assert.equal((await opened(`${query}&lang=my&theme=dark`)).id, (await opened(query)).id);
  });

  it('accepts return URLs by id and inline; the inline one has priority', async () => {
    const { returnUrls } = await opened(
      signed({
        payment_url_success_id: 'thanks',
        payment_url_pending_id: '3',
        payment_url_fail_id: '3',
        fail_url: `${shopPage}/fail?a=b&c=d`,
      }),
    );
    assert.deepEqual(returnUrls, {
      success: 'https://thanks.example/page',
      pending: `${shopPage}/wait`,
      fail: `${shopPage}/fail?a=b&c=d`,
    });
  });
});

it('a payment that the merchant’s server creates has the same rule for return URLs', async () => {
  const create = async (success: string) => {
    orders += 1;
    const response = await fetch(`${server.address}/v1/payments`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      body: JSON.stringify({ amount: 1, currency: 'PLN', orderId: `order-${orders}`, label: 'x', returnUrls: { success } }),
    });
    return (await response.json()) as ProblemDetails & { payment?: Payment };
  };
  assert.equal((await create('HTTPS://shop.EXAMPLE/a/../b')).payment?.returnUrls.success, `${shopPage}/b`);
  for (const url of [
    'https://evil.example/',
    'https://shop.example@evil.example/',
    'blob:https://shop.example/1',
    'javascript:1',
  ])
    assert.match((await create(url)).field ?? '', /^returnUrls\.?/, url);
});

describe('the same link again', () => {
  it('resumes the same payment, each time with a secret of its own', async () => {
    const query = signed();
    const all = await Promise.all(Array.from({ length: 8 }, () => opened(query)));
    assert.equal(new Set(all.map(({ id }) => id)).size, 1);
    assert.equal(new Set(all.map(({ secret }) => secret)).size, 8);
  });

  it('creates a new payment after the customer has canceled the first', async () => {
    const query = signed();
    const first = await opened(query);
    await fetch(`${server.address}/checkout/cancel`, { method: 'POST', headers: { authorization: `Bearer ${first.secret}` } });
    const second = await opened(query);
    assert.notEqual(second.id, first.id);
    assert.equal(second.status, 'open');
  });

  it('makes twenty payments of its order in a day at most, however often it is opened and its payment canceled', async () => {
    const query = signed({ exp: String(Math.floor(clock.now() / 1000) + 3 * 24 * 3600) });
    const other = signed();
    for (let n = 1; n <= 20; n += 1) {
      const { secret } = await opened(query);
      await fetch(`${server.address}/checkout/cancel`, { method: 'POST', headers: { authorization: `Bearer ${secret}` } });
    }
    await refused(query, 429, 'too_many_attempts');
    assert.equal((await opened(other)).status, 'open');
    clock.advance(24 * 3600_000);
    assert.equal((await opened(query)).status, 'open');
  });

  it('creates a new payment after the first has expired while the link is valid, and not afterwards', async () => {
    const exp = Math.floor(clock.now() / 1000) + 2 * 3600;
    const query = signed({ exp: String(exp) });
    const first = await opened(query);
    clock.advance(3601_000);
    const second = await opened(query);
    assert.deepEqual([second.status, second.id === first.id], ['open', false]);
    clock.advance(exp * 1000 - 1 - clock.now());
    assert.notEqual((await opened(query)).id, '');
    clock.advance(1);
    await refused(query, 410, 'payment_expired');
  });

  it('with another amount creates no second payment of that order', async () => {
    const custom_transaction_id = 'order-twice';
    await opened(signed({ custom_transaction_id }));
    await refused(signed({ custom_transaction_id, fixed_amount: '1' }), 409, 'order_conflict', 'orderId');
    await refused(
      signed({ custom_transaction_id, currency_code: 'JPY', fixed_amount: '2500' }),
      409,
      'order_conflict',
      'orderId',
    );
  });

  it('for another customer does not show the payment of the first', async () => {
    const custom_transaction_id = 'order-of-one';
    await opened(signed({ custom_transaction_id }));
    await refused(signed({ custom_transaction_id, label: 'somebody-else' }), 409, 'order_conflict', 'label');
  });
});

describe('no payment is created by a link', () => {
  it('that was changed in any place, after it was signed', async () => {
    const before = await count();
    const everything = parameters({
      methods: 'pay_code',
      wallet_type: 'wavepay',
      success_url: `${shopPage}/thanks`,
      payment_url_fail_id: '3',
    });
    const query = payLinkQuery(keys.new, everything);
    const names = Object.keys(everything);
    const change = fc.oneof(
      fc.tuple(fc.constantFrom(...names, 'signature'), fc.string({ maxLength: 20 })).map(([name, value]) => {
        const changed = new URLSearchParams(query);
        changed.set(name, value);
        return changed.toString();
      }),
      fc.constantFrom(...names, 'signature').map((name) => {
        const changed = new URLSearchParams(query);
        changed.delete(name);
        return changed.toString();
      }),
      fc.constantFrom(...names, 'signature').map((name) => `${query}&${name}=1`),
      fc.tuple(fc.nat(query.length - 1), fc.constantFrom(...'aA0-_~.!%=&+/?#')).map(([at, sign]) => {
        return query.slice(0, at) + sign + query.slice(at + 1);
      }),
    );
    const meaning = (text: string) => JSON.stringify([...new URLSearchParams(text)].sort());
    await fc.assert(
      fc.asyncProperty(change, async (changed) => {
        fc.pre(meaning(changed) !== meaning(query));
        const { status } = await post(changed);
        assert.ok(status >= 400 && status < 500, `${status} ${changed}`);
      }),
      { numRuns: 500 },
    );
    assert.equal(await count(), before);
    await opened(query);
  });

  it('whose signature covers a name that links do not have', async () => {
    for (const name of ['amount', 'constructor', 'walet_type', 'fbclid'])
      await refused(signed({ [name]: '1' }), 401, 'unauthorized');
  });

  it('with a known name that is repeated, has no value or cannot be decoded, though the signature fits', async () => {
    const refusesLang = (query: string) => refused(query, 422, 'invalid_request', 'lang');
    await refusesLang(`${signed()}&lang=en&lang=my`);
    await refusesLang(`${signed()}&lang=en&%6cang=my`);
    await refusesLang(`${signed()}&lang`);
    await refusesLang(`${signed()}&lang=%ff`);
    await refusesLang(`${signed()}&lang=%`);
    await refusesLang(`${signed()}&lang=\u1000`);
    await refused(`${signed()}&fixed_amount=1&fbclid=2`, 422, 'invalid_request', 'fixed_amount');
  });

  for (const [what, changes, field] of [
    ['no order', { custom_transaction_id: undefined }, 'custom_transaction_id'],
    ['an empty order', { custom_transaction_id: '' }, 'custom_transaction_id'],
    ['no customer', { label: undefined }, 'label'],
    ['a customer of 191 signs', { label: 'x'.repeat(191) }, 'label'],
    ['a customer of 191 emojis', { label: '🎁'.repeat(191) }, 'label'],
    ['a control sign', { label: 'a\u0000b' }, 'label'],
    ['two currencies', { currency_code: 'PLN,JPY' }, 'currency_code'],
    ['no amount', { fixed_amount: undefined }, 'fixed_amount'],
    ['nothing to pay', { fixed_amount: '0' }, 'fixed_amount'],
    ['a part of a unit', { fixed_amount: '25.50' }, 'fixed_amount'],
    ['a negative amount', { fixed_amount: '-25' }, 'fixed_amount'],
    ['an amount in powers', { fixed_amount: '1e3' }, 'fixed_amount'],
    ['more than a payment may be', { fixed_amount: '10000000001' }, 'fixed_amount'],
    ['a method of nobody', { methods: 'cash' }, 'methods'],
    ['a wallet that is no name', { wallet_type: 'wave pay' }, 'wallet_type'],
    ['no end', { exp: undefined }, 'exp'],
    ['an end that is no number', { exp: 'never' }, 'exp'],
    ['an unregistered address', { payment_url_fail_id: 'constructor' }, 'payment_url_fail_id'],
    ['an address elsewhere', { success_url: 'https://evil.example/' }, 'success_url'],
    ['an address of a registered host, but not the one', { pending_url: 'https://thanks.example/' }, 'pending_url'],
  ] as [string, Changes, string][]) {
    it(`with ${what}: the answer names ${field}`, () => refused(signed(changes), 422, 'invalid_request', field));
  }

  it('by a method the merchant does not sell, when it asks for no other', async () => {
    await refused(signed({ methods: 'wallet' }), 409, 'method_unavailable');
    await refused(signed({ currency_code: 'MMK' }), 409, 'method_unavailable');
    await refused(signed({ wallet_type: 'wavepay' }), 409, 'method_unavailable');
    assert.deepEqual((await opened(signed({ wallet_type: 'wavepay', methods: 'pay_code' }))).methods, ['pay_code']);
  });

  it('that is no text, or longer than a URL can be', async () => {
    await refused(null, 422, 'invalid_request', 'query');
    await refused('', 422, 'invalid_request', 'query');
    await refused('label='.repeat(1500), 422, 'invalid_request', 'query');
    await refused('x'.repeat(20_000), 413, 'too_large');
  });
});

describe('the route of links', () => {
  it('is for the plugin window’s own origin: a merchant’s page is refused, also in its preflight', async () => {
    const query = signed();
    for (const origin of [shopPage, 'https://evil.example', 'null', `${ownOrigin}.evil.example`]) {
      const answer = await post(query, { origin });
      assert.deepEqual([answer.status, answer.headers.get('access-control-allow-origin')], [404, null], origin);
    }
    const preflight = await fetch(`${server.address}/checkout/link`, {
      method: 'OPTIONS',
      headers: { origin: shopPage, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });
    assert.equal(preflight.headers.get('access-control-allow-origin'), null);
    // The other checkout routes are for those pages.
    const beside = await fetch(`${server.address}/checkout`, { headers: { origin: shopPage } });
    assert.equal(beside.headers.get('access-control-allow-origin'), shopPage);
  });

  it('leaves no signature, key or secret in a log line', async () => {
    const query = signed();
    const { secret } = await opened(query);
    await refused(`${query}x`, 401, 'unauthorized');
    const signature = new URLSearchParams(query).get('signature') ?? '';
    assert.ok(lines.some((line) => line.includes('/checkout/link')));
    for (const planted of [signature, secret, keys.new]) assert.ok(!lines.some((line) => line.includes(planted)));
  });
});
