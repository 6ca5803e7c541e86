/**
 * `webhooks listen`: for a developer whose machine the server cannot reach. It asks the operator's API every few seconds for new
 * webhooks and hands each on to the developer's own server, signed with a secret of this machine. The server's own deliveries go
 * on as usual and are not touched.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { WebhookEvent, WebhookEventDetail, WebhookEventPage } from '#contract';
import { CommandFailure, exitCodes } from './exit-codes.ts';
import { checkTarget, forwardWebhook, type Target } from './forward-webhook.ts';
import { newKey } from './key-commands.ts';
import { connect, type OperatorApi, type OperatorOptions, type Query } from './operator-api.ts';
import { print, printable, say } from './terminal.ts';
import { formatTime } from './times.ts';

export interface ListenOptions extends OperatorOptions {
  forward: string;
  secret?: string;
  merchant?: string;
  type?: string;
}

const everyMs = 2_000;
/** The server may list a webhook of the last seconds a second time. Far more than can come in that time. */
const mostRemembered = 10_000;

/** Runs until it is interrupted. */
export async function listen({ forward, secret = newKey('webhook'), merchant, type, ...options }: ListenOptions): Promise<never> {
  const target = checkTarget({ url: forward, secret });
  const api = connect(options);
  const seen = new Set<string>();
  // What was there before is not handed on. The first call also shows whether the key works.
  const { now } = (await api.get<{ now: string }>('/operate/status')).body;
  const filters = { merchant, type, createdFrom: now, limit: 100 };
  say(
    `Handing on new webhooks to ${target.url}. They are signed with this secret, and not with that of the merchant:\n${secret}`,
  );
  let after: string | undefined;
  for (;;) {
    const page = await unlessAway(() => readPage(api, target, { ...filters, after }, seen));
    after = page?.next ?? after;
    if (!page?.hasMore) await pause(everyMs);
  }
}

/** Hands on what is new of a page. What was handed on is in `seen`, also if the server goes away in the middle of the page. */
async function readPage(api: OperatorApi, target: Target, query: Query, seen: Set<string>): Promise<WebhookEventPage> {
  const page = (await api.get<WebhookEventPage>('/operate/events', query)).body;
  for (const event of page.events) {
    if (seen.has(event.id)) continue;
    await handOn(api, target, event);
    seen.add(event.id);
    if (seen.size > mostRemembered) seen.delete([...seen][0] ?? '');
  }
  return page;
}

/** Null while the server cannot be reached: a developer's server is often restarted. */
async function unlessAway<Result>(work: () => Promise<Result>): Promise<Result | null> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof CommandFailure) || cause.exitCode !== exitCodes.unreachable) throw cause;
    say(cause.message);
    return null;
  }
}

async function handOn(api: OperatorApi, target: Target, { id, type }: WebhookEvent): Promise<void> {
  const { body } = (await api.get<WebhookEventDetail>(`/operate/events/${encodeURIComponent(id)}`)).body;
  const line = `${formatTime(new Date().toISOString())}  ${printable(type)}  ${printable(id)}  `;
  if (body === null) return print(`${line}its body was erased`);
  try {
    print(line + (await forwardWebhook(target, { id, body })));
  } catch (cause) {
    if (!(cause instanceof CommandFailure)) throw cause;
    print(line + cause.message);
  }
}
