/** The webhooks as OpenAPI 3.1 describes them: one entry for each type, with the headers that sign it. */
import { WebhookType } from '#contract';
import { webhookCauses } from '#contract/docs';

const header = (name: string, description: string, example: string) => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
  example,
});

/** Standard Webhooks 1.0. */
const headers = [
  header(
    'webhook-id',
    'The id of the webhook, the same at every try and every replay: whoever has handled it once need not do so again.',
    'evt_5x0v2b6n1d4f7q4k19tz3m8cga',
  ),
  header(
    'webhook-timestamp',
    'When this try was sent, in seconds since 1970. Refuse what is older than five minutes.',
    '1803902404',
  ),
  header(
    'webhook-signature',
    'One signature for each of your secrets, separated by spaces: `v1,` and the base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`, with the bytes behind `whsec_` as the key. One that fits is enough. Compute it over the raw body.',
    'v1,Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE=',
  ),
];

const responses = {
  '2XX': { description: 'It has arrived. Answer within 15 seconds and do long work afterwards.' },
  '410': { description: 'It is tried again after an hour at the earliest.' },
  default: {
    description:
      'Anything else, a redirect or no answer: it is tried again after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, and then parked. `Retry-After` is followed up to a day. Later webhooks of the same payment wait.',
  },
};

const entry = (type: string, summary: string, schema: object) => ({
  post: {
    operationId: type,
    tags: ['webhooks'],
    summary,
    security: [],
    parameters: headers,
    requestBody: { required: true, content: { 'application/json': { schema } } },
    responses,
  },
});

export const webhooks = {
  ...Object.fromEntries(
    WebhookType.options.map((type) => [
      type,
      entry(type, webhookCauses[type], {
        allOf: [{ $ref: '#/components/schemas/Webhook' }, { type: 'object', properties: { type: { const: type } } }],
      }),
    ]),
  ),
  test: entry('test', 'You have asked for it: `POST /v1/events/test`.', { $ref: '#/components/schemas/TestWebhook' }),
};
