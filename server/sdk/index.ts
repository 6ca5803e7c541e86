/** The package `@pay-desk/server`: what a merchant's server needs. It uses web standards only, so it runs on Node, Deno, Bun and edges. */
export { type CallOptions, createPayDeskClient, type PayDeskClient, type PayDeskClientOptions } from './client.ts';
export { type LinkParameters, payLink, signLink } from './link.ts';
export type { components, paths } from './openapi.d.ts';
export { PayDeskError, type ProblemDetails } from './problem.ts';
export { type Payment, type VerifyOptions, verifyWebhook, type Webhook, WebhookError, type WebhookErrorCode } from './webhook.ts';
