/**
 * Which types of webhooks a merchant wants to be sent: `webhook.types` of the merchants file. The filter acts when the turn of a webhook
 * comes, and not when it is written. So the log has every event, and a changed filter decides about all that is not sent yet.
 */
import { WebhookType } from '#contract';
import type { OutboxRecord } from '../payments/model/records.ts';

/** As in the merchants file; undefined: all types. */
type Wanted = readonly string[] | undefined;

const isWanted = (types: Wanted, type: string): boolean => !types || types.includes(type);

/** Whoever asks for a webhook to be sent again gets it, whatever its type. */
export function isSent(types: Wanted, { type, replayedAt }: Pick<OutboxRecord, 'type' | 'replayedAt'>): boolean {
  return replayedAt !== null || isWanted(types, type);
}

/** What a change of the filter settles at once, and what a range that is sent again leaves out. */
export function unwantedTypes(types: Wanted): string[] {
  return WebhookType.options.filter((type) => !isWanted(types, type));
}
