/** The addresses that a merchant's webhooks are sent to, as the merchants file says: `webhook`, and by their names those of `moreWebhooks`. */
import type { MerchantConfig } from './merchants.ts';
import { mainEndpoint, type WebhookWishes } from './payments/model/webhook-queries.ts';

type Endpoints = Pick<MerchantConfig, 'webhook' | 'moreWebhooks'>;
type Endpoint = MerchantConfig['webhook'];

/** With where in the merchants file each is. */
export const endpointsOf = ({ webhook, moreWebhooks = [] }: Endpoints): { name: string; field: string; endpoint: Endpoint }[] => [
  { name: mainEndpoint, field: 'webhook', endpoint: webhook },
  ...moreWebhooks.map(({ name, ...endpoint }, at) => ({ name, field: `moreWebhooks[${at}]`, endpoint })),
];

/** What each endpoint wants to be sent. */
export const filtersOf = ({ id, ...merchant }: MerchantConfig) =>
  endpointsOf(merchant).map(({ name, endpoint: { types } }) => ({ merchantId: id, endpoint: name, types }));

/** Null for an endpoint that is not in the file, and where there is no merchant. */
export const endpointNamed = (merchant: Endpoints | undefined, name: string): Endpoint | null =>
  merchant ? (endpointsOf(merchant).find((one) => one.name === name)?.endpoint ?? null) : null;

/** What is written for a merchant when something happens. Whether it is sent is decided when its turn comes. */
export const webhookWishes = (find: (id: string) => Endpoints | undefined): Required<WebhookWishes> => ({
  asksFor(id, type) {
    const merchant = find(id);
    return merchant ? endpointsOf(merchant).some(({ endpoint }) => endpoint.types?.includes(type)) : false;
  },
  endpoints: (id) => find(id)?.moreWebhooks?.map(({ name }) => name) ?? [],
});
