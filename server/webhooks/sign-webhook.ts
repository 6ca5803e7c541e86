/** The headers of Standard Webhooks 1.0. During a rotation both secrets sign, so either one verifies. */
import { Webhook } from 'standardwebhooks';

/** `secrets`: `whsec_…`, one or two. */
export function signWebhook(secrets: readonly string[], id: string, body: string, at: Date): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  };
}
