/** `POST /webhooks`: the only thing that makes an order paid. */
import type { FastifyPluginAsync } from 'fastify';
import { Webhook as Verifier, WebhookVerificationError } from 'standardwebhooks';
import { Webhook } from '#contract';
import type { ShopDeps } from './shop-deps.ts';

/**
 * 204: applied, repeated, or of no interest. 400: signature, time or headers are wrong. Where the developer has a server of their own, its
 * status, and no answer where it has none, so that the webhook comes again and is recorded as if that server were the shop.
 */
export const webhookRoute: FastifyPluginAsync<
  Pick<ShopDeps, 'orders' | 'journal' | 'webhookSecret' | 'webhookTo'> & { print?: (line: string) => void }
> = async (app, { print = (line) => void process.stderr.write(`${line}\n`), ...deps }) => {
  const verifier = new Verifier(deps.webhookSecret);
  // The signature covers the bytes as they came, which JSON that is parsed and written again may not equal.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: 256 * 1024 }, (_request, body, done) =>
    done(null, body),
  );

  app.post<{ Body: Buffer }>('/webhooks', async (request, reply) => {
    let about: { paymentId?: string } = {};
    const log = (text: string, outcome: string, ok: boolean) =>
      deps.journal.add({ kind: 'webhook', text, outcome, ok, ...about });
    let signed: unknown;
    try {
      signed = verifier.verify(request.body, headersOf(request.headers));
    } catch (error) {
      if (!(error instanceof WebhookVerificationError || error instanceof SyntaxError)) throw error;
      log('a webhook', 'signature refused', false);
      return reply.code(400).send({ error: 'signature' });
    }
    const webhook = Webhook.safeParse(signed);
    if (webhook.success) about = { paymentId: webhook.data.data.payment.id };
    // An unknown type is not the sender's fault, and a retry would not help.
    if (!webhook.success) log('a webhook of an unknown kind', 'ignored', true);
    else log(webhook.data.type, deps.orders.take(String(request.headers['webhook-id']), webhook.data), true);
    if (deps.webhookTo === undefined) return reply.code(204).send();
    const answer = await handOn(deps.webhookTo, request.body, headersOf(request.headers));
    const isTaken = answer >= 200 && answer < 300;
    const outcome = answer === 0 ? 'no answer' : String(answer);
    const { origin, pathname } = new URL(deps.webhookTo);
    log(`to ${origin}${pathname}`, outcome, isTaken);
    const [what, then] = webhook.success
      ? [`Webhook ${webhook.data.type}`, ' It comes again until the answer is 2xx.']
      : ['Test webhook', ''];
    if (!isTaken) print(`  ${what} to ${origin}${pathname}: ${outcome}.${then}`);
    if (answer !== 0) return reply.code(answer).send();
    reply.hijack();
    request.raw.socket.destroy();
    return reply;
  });
};

/** The BFF gives a webhook ten seconds. */
const handOnMs = 8_000;

/** @returns The HTTP status; 0 where nothing answers. */
async function handOn(url: string, body: Buffer, signature: Record<string, string>): Promise<number> {
  try {
    const headers = { 'content-type': 'application/json', ...signature };
    const signal = AbortSignal.timeout(handOnMs);
    const response = await fetch(url, { method: 'POST', body, headers, redirect: 'manual', signal });
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0;
  }
}

const headersOf = (headers: Record<string, string | string[] | undefined>) => ({
  'webhook-id': String(headers['webhook-id'] ?? ''),
  'webhook-timestamp': String(headers['webhook-timestamp'] ?? ''),
  'webhook-signature': String(headers['webhook-signature'] ?? ''),
});
