/** The log of webhooks, and sending them again. */
import {
  ListWebhookEvents,
  ReplayWebhooks,
  SendTestWebhook,
  WebhookDelivery,
  WebhookEvent,
  WebhookEventDetail,
  WebhookEventPage,
  WebhookReplay,
  WebhookTestResult,
} from '../webhook-events.ts';
import { describe } from './describe.ts';
import { expires, ids, later, paid } from './examples.ts';

const httpStatus = ["The HTTP status of your host's answer; 0 where there was none. 200 to 299 is a delivery.", 204] as const;
const reason = [
  'Why there was no answer, or why it does not count; null where the status says everything. `redirect`: redirects are not followed.',
  null,
] as const;
const durationMs = ['How long it took, in milliseconds.', 85] as const;

describe(WebhookDelivery, {
  id: ['Its id, `dlv_…`.', 'dlv_8c5x0v2b6n1d4f7q4k19tz3mga'],
  number: ['1, 2, 3 … for each webhook. The newest 50 are kept.', 1],
  at: ['When it was tried, ISO 8601.', paid],
  durationMs,
  status: httpStatus,
  reason,
});

const event = describe(WebhookEvent, {
  id: ['Its id, `evt_…`: the header `webhook-id`, the same at every try and every replay.', ids.event],
  endpoint: [
    'Which of your addresses it is for: `main`, or the name of a further one. Each has webhooks of its own, with ids of their own.',
    'main',
  ],
  type: ['What happened, as in the body.', 'payment.succeeded'],
  paymentId: ['The payment that it is about.', ids.payment],
  sequence: ['As in the body: 1, 2, 3 … for each payment, also those that are not sent because you do not want their type.', 1],
  status: [
    '`pending`: it will be tried. `delivered`: your host accepted it. `parked`: given up after all tries; a replay sends it again. `filtered`: not sent, because your settings name the types that you want and not this one; a replay of this one sends it.',
    'delivered',
  ],
  createdAt: ['When it was made, ISO 8601.', paid],
  deliveredAt: ['When your host first accepted it, ISO 8601; null if it has not.', paid],
  replayedAt: ['When it was last asked to be sent again, ISO 8601; null if it never was.', null],
  nextTryAt: [
    'It is not sent before this moment (ISO 8601), and not before pending webhooks of the same payment with a lower `sequence`. Null unless `pending`.',
    null,
  ],
  deliveryCount: ['How often it was tried, replays included.', 1],
  lastDelivery: ['The newest try; null before the first one.'],
});

describe(WebhookEventDetail, {
  ...event,
  body: [
    'The body that is sent, byte for byte; null after it was erased, because webhooks are kept for a limited time.',
    '{"type":"payment.succeeded", …}',
  ],
  deliveries: ['All tries that are kept, oldest first.'],
});

describe(ListWebhookEvents, {
  after: ['The id of a webhook, or `next` of the answer before: only later ones. Absent: from the first one.', ids.event],
  endpoint: ['The log of this endpoint; by default that of `main`.', 'main'],
  type: ['Only webhooks of this type.', 'payment.succeeded'],
  paymentId: ['Only webhooks of this payment.', ids.payment],
  status: ['Only webhooks with this status.', 'parked'],
  createdFrom: ['Only webhooks that were made at this moment or later, ISO 8601 with a time zone.', paid],
  createdTo: ['Only webhooks that were made before this moment, ISO 8601 with a time zone.', expires],
  limit: ['How many at most, 1 to 100; 20 by default.', 20],
});

describe(WebhookEventPage, {
  events: ['Oldest first.'],
  next: [
    'To be sent as `after` of the next request. A webhook of the last seconds may then come twice, and none is missed. Null: begin anew.',
    ids.event,
  ],
  hasMore: ['Whether more are there already.', false],
});

describe(ReplayWebhooks, {
  from: ['Send again what was made at this moment or later, ISO 8601 with a time zone.', paid],
  to: ['… and before this moment.', expires],
  endpoint: ['To this endpoint and no other; by default to `main`.', 'main'],
});

describe(SendTestWebhook, { endpoint: ['The endpoint that is tried; by default `main`.', 'main'] });

describe(WebhookReplay, {
  id: ['Its id, `rpl_…`.', 'rpl_2b6n1d4f7q4k19tz3m8c5x0vga'],
  endpoint: ['The endpoint that gets them.', 'main'],
  from: ['As requested, ISO 8601.', paid],
  to: ['As requested, ISO 8601.', expires],
  status: ['Whether webhooks are still being queued.', 'done'],
  replayed: ['How many webhooks were queued so far. Those that were pending anyway are not among them.', 12],
  requestedAt: ['When it was requested, ISO 8601.', expires],
  endedAt: ['When the last one was queued, ISO 8601; null while it runs.', later],
});

describe(WebhookTestResult, {
  id: ['The header `webhook-id` that the test was sent with.', ids.event],
  delivered: ['Whether your host answered 200 to 299.', true],
  status: httpStatus,
  reason,
  durationMs,
});
