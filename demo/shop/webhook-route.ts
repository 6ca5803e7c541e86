/** `POST /webhooks`: the only thing that makes an order paid. */
import type { FastifyPluginAsync } from 'fastify';
import { Webhook as Verifier, WebhookVerificationError } from 'standardwebhooks';
import { Webhook } from '#contract';
import type { ShopParts } from './shop-parts.ts';

/** 204 taken (or known already, or of no interest) · 400 the signature, the time or the headers are wrong. */
export const webhookRoute: FastifyPluginAsync<Pick<ShopParts, 'orders' | 'journal' | 'webhookSecret'>> = async (app, parts) => {
  const verifier = new Verifier(parts.webhookSecret);
  // The signature covers the bytes as they came: JSON parsed and written again would be other bytes.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: 256 * 1024 }, (_request, body, done) =>
    done(null, body),
  );

  app.post<{ Body: Buffer }>('/webhooks', async (request, reply) => {
    const note = (text: string, outcome: string, ok: boolean) => parts.journal.add({ kind: 'webhook', text, outcome, ok });
    let signed: unknown;
    try {
      signed = verifier.verify(request.body, headersOf(request.headers));
    } catch (error) {
      if (!(error instanceof WebhookVerificationError || error instanceof SyntaxError)) throw error;
      note('a webhook', 'signature refused', false);
      return reply.code(400).send({ error: 'signature' });
    }
    const webhook = Webhook.safeParse(signed);
    // A type this shop has never heard of is no fault of the sender: asking for it again would not help.
    if (!webhook.success) note('a webhook of an unknown kind', 'ignored', true);
    else note(webhook.data.type, parts.orders.take(String(request.headers['webhook-id']), webhook.data), true);
    return reply.code(204).send();
  });
};

const headersOf = (headers: Record<string, string | string[] | undefined>) => ({
  'webhook-id': String(headers['webhook-id'] ?? ''),
  'webhook-timestamp': String(headers['webhook-timestamp'] ?? ''),
  'webhook-signature': String(headers['webhook-signature'] ?? ''),
});
