/** Sends a webhook to a shop that is being built, signed as the server signs, but with a secret of the developer's own machine. */
import { CommandFailure, exitCodes, usageError } from './exit-codes.ts';

export interface Target {
  url: string;
  /** `whsec_…` */
  secret: string;
}

/** @throws {CommandFailure} if the address or the secret cannot be used */
export function checkTarget({ url, secret }: Target): Target {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw usageError('--forward: expected an address such as http://localhost:3000/webhooks.');
  }
  if (!/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/.test(secret))
    throw usageError('--secret: expected whsec_ and base64 of 24 to 64 bytes.');
  return { url, secret };
}

const timeoutMs = 15_000;

/**
 * @returns the HTTP status; redirects are not followed
 * @throws {CommandFailure} if nothing answers
 */
export async function forwardWebhook({ url, secret }: Target, { id, body }: { id: string; body: string }): Promise<number> {
  const { Webhook } = await import('standardwebhooks');
  const at = new Date();
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        'content-type': 'application/json',
        'user-agent': 'pay-desk',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(secret).sign(id, at, body),
      },
      body,
    });
    await response.body?.cancel();
    return response.status;
  } catch (cause) {
    const { code } = Object((cause as { cause?: unknown }).cause) as { code?: string };
    throw new CommandFailure(exitCodes.unreachable, `${new URL(url).origin} does not answer${code ? ` (${code})` : ''}.`);
  }
}

export const isDelivered = (status: number): boolean => status >= 200 && status < 300;
