/** The files for PHP and Python that merchants copy: against the recorded links, against real webhooks, and against a running BFF. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { type Demo, startDemo } from '../../../demo/start-demo.ts';
import { demoKeys } from '../../../server/demo-keys.ts';
import { whyNoProgram } from '../../support/why-no-program.ts';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const { key, vectors } = JSON.parse(readFileSync(here('vectors.json'), 'utf8')) as {
  key: string;
  vectors: { name: string; parameters: Record<string, string>; signature: string }[];
};

interface Result {
  value?: unknown;
  error?: string;
  problem?: string;
}

const secret = 'whsec_pY8Ec/tMGC21pT/peIY7bqplUrXGlHaa45ZdJbsRvnY=';
const otherSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

for (const [language, program, script] of [
  ['PHP', 'php', 'run-example.php'],
  ['Python', 'python3', 'run_example.py'],
] as const)
  describe(`the example for ${language}`, { skip: whyNoProgram(program, '--version') }, () => {
    let demo: Demo;
    before(async () => {
      demo = await startDemo({ portBase: 0 });
    });
    after(() => demo?.close());

    async function call(...calls: [name: string, args: unknown[]][]): Promise<Result[]> {
      const child = spawn(program, [here(script)], { stdio: ['pipe', 'pipe', 'pipe'] });
      const [output, errors] = [text(child.stdout), text(child.stderr)];
      child.stdin.end(JSON.stringify(calls));
      const [code] = await once(child, 'close');
      assert.equal(code, 0, (await errors) || (await output));
      return JSON.parse(await output);
    }

    it('signs links as the server does', async () => {
      const links = await call(
        ...vectors.map(({ parameters }): [string, unknown[]] => ['pay_desk_link', ['https://pay.example', key, parameters]]),
      );
      for (const [at, { parameters, signature }] of vectors.entries()) {
        const link = new URL(String(links[at]?.value));
        assert.equal(link.origin + link.pathname, 'https://pay.example/plugin/');
        assert.deepEqual(Object.fromEntries(link.searchParams), { ...parameters, signature });
      }
    });

    it('accepts a webhook that one of the secrets has signed, and nothing else', async () => {
      const now = new Date();
      const body = JSON.stringify({ type: 'payment.succeeded', sequence: 2, data: { payment: { orderId: 'ör-1' } } });
      const signed = (by: string, at = now) => ({
        'webhook-id': 'evt_1',
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(by).sign('evt_1', at, body),
      });
      const verify = (headers: object, secrets: readonly string[], text = body): [string, unknown[]] => [
        'pay_desk_verify_webhook',
        [text, headers, secrets],
      ];
      const good = signed(secret);
      const hourAgo = new Date(now.getTime() - 3_600_000);
      const results = await call(
        verify(good, [secret]),
        verify(good, [otherSecret, secret]),
        verify({ ...good, 'webhook-signature': `v1,AAAA ${good['webhook-signature']}` }, [secret]),
        verify(good, [otherSecret]),
        verify(good, []),
        verify(good, [secret], body.replace('ör-1', 'ör-2')),
        verify({ ...good, 'webhook-id': 'evt_2' }, [secret]),
        verify({ ...good, 'webhook-signature': '' }, [secret]),
        verify({ ...good, 'webhook-signature': 'v1,ﬀ' }, [secret]),
        verify({}, [secret]),
        verify({ ...good, 'webhook-timestamp': '1e9' }, [secret]),
        verify(signed(secret, hourAgo), [secret]),
        verify(good, ['whsec_']),
      );
      for (const { value } of results.slice(0, 3)) assert.deepEqual(value, JSON.parse(body));
      const wrong = 'The signature of the webhook is wrong.';
      assert.deepEqual(
        results.slice(3).map(({ error }) => error),
        [
          ...[wrong, wrong, wrong, wrong, wrong, wrong],
          'The webhook has no id or no timestamp.',
          'The webhook has no id or no timestamp.',
          'The webhook is older than five minutes, or the clock of this server is wrong.',
          'A webhook secret is whsec_ and base64 of 24 to 64 bytes.',
        ],
      );
    });

    it('creates a payment once for one key, and says why one is refused', async () => {
      const create = (payment: object, idempotencyKey: string, origin = demo.urls.bff): [string, unknown[]] => [
        'pay_desk_create_payment',
        [origin, demoKeys.apiKey, payment, idempotencyKey],
      ];
      const payment = { amount: 2500, currency: 'PLN', orderId: `order-${language}`, label: 'Ługański' };
      const [first, again, refused, conflict, unanswered, nowhere, injected, keyless] = await call(
        create(payment, 'one'),
        create(payment, 'one'),
        create({ ...payment, amount: 25.5 }, 'two'),
        create({ ...payment, amount: 2600 }, 'one'),
        create(payment, 'one', 'http://127.0.0.1:9'),
        create(payment, 'one', ''),
        create(payment, 'one\r\nX-Other: header'),
        ['pay_desk_create_payment', [demo.urls.bff, 'sk_test_wrong', payment, 'one']],
      );
      const [created, repeated] = [first, again].map(
        (one) => (one?.value ?? {}) as { clientSecret: string; payment: { id: string; label: string } },
      );
      assert.ok(created && repeated);
      assert.match(created.clientSecret, /^cs_/);
      assert.equal(created.payment.label, 'Ługański');
      assert.equal(repeated.payment.id, created.payment.id);
      assert.equal(refused?.problem, 'invalid_request');
      assert.match(refused?.error ?? '', /^Pay Desk refuses the payment \(4\d\d\): invalid_request .*amount/);
      assert.equal(conflict?.problem, 'idempotency_conflict');
      assert.equal(unanswered?.error, 'Pay Desk does not answer at http://127.0.0.1:9. Try again with the same Idempotency-Key.');
      assert.match(nowhere?.error ?? '', /origin .* missing.* PAY_DESK_ORIGIN/);
      assert.match(injected?.error ?? '', /a header cannot hold/);
      assert.equal(keyless?.error, 'Pay Desk refuses the payment (401): unauthorized A valid key is needed (see PROBLEMS.md)');
      assert.equal(unanswered?.problem, '');
    });
  });
