/**
 * Which types of webhooks a merchant wants to be sent: `webhook.types` of the merchants file. The filter acts when the turn of a webhook
 * comes, and not when it is written. So the log has every event, and a changed filter decides about all that is not sent yet.
 */
import { optInWebhookTypes, WebhookType } from '#contract';
import type { OutboxRecord } from '../payments/model/records.ts';

/** As in the merchants file; undefined: all types but those that a merchant has to name. */
type Wanted = readonly string[] | undefined;

const isWanted = (types: Wanted, type: string): boolean =>
  types ? types.includes(type) : !optInWebhookTypes.some((one) => one === type);

/** Whoever asks for a webhook to be sent again gets it, whatever its type. */
export function isSent(types: Wanted, { type, replayedAt }: Pick<OutboxRecord, 'type' | 'replayedAt'>): boolean {
  return replayedAt !== null || isWanted(types, type);
}

/** What a change of the filter settles at once, and what a range that is sent again leaves out. */
export function unwantedTypes(types: Wanted): string[] {
  return WebhookType.options.filter((type) => !isWanted(types, type));
}
