/**
 * The keys of the demo merchant. The demo page prints them, so they protect nothing, and the configuration refuses each of them
 * outside the demo. `demo/` imports them from here, so that there is only one list.
 */
export const demoKeys = {
  merchantId: 'demo',
  /** The API key of the merchant's server. */
  apiKey: 'sk_test_demo',
  /** Standard Webhooks secret: `whsec_` and base64 of 32 bytes. */
  webhookSecret: 'whsec_cGF5LWRlc2sgZGVtbyB3ZWJob29rIHNlY3JldCAhISE=',
  /** The keys of the simulated Paykassma: `pluginapi_secret`, and the two keys that sign postbacks. */
  paykassma: {
    secret: 'paykassma_demo_secret',
    accessKey: 'paykassma_demo_access_key',
    privateKey: 'paykassma_demo_private_key',
  },
  /** The cashbox of the simulated Payme: an id of 24 hexadecimal digits, and a key of 36 characters. */
  payme: { cashboxId: 'de3000000000000000000ca5', key: 'payme_demo_cashbox_key_worth_nothing' },
  /** The keys of the two operators: an act above a threshold needs both. */
  operators: {
    anna: 'op_demo_anna_worth_nothing_worth_nothing_worth_nothing',
    ben: 'op_demo_ben_worth_nothing_worth_nothing_worth_nothing',
  },
  linkKey: { kid: 'demo', key: 'pay-desk-demo-link-key-worth-nothing-at-all' },
  /** Base64 of 32 bytes. Constant, so that a demo database can be read after a restart. */
  sealingKey: 'cGF5LWRlc2sgZGVtbyBzZWFsaW5nIGtleSAhISEhISE=',
} as const;
