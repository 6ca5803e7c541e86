/**
 * The keys of the demo merchant. They are printed on the demo page, so they are worth nothing: outside the demo the
 * configuration refuses each of them. `demo/` imports them from here, so that no second list can drift from this one.
 */
export const demoKeys = {
  merchantId: 'demo',
  /** The merchant server's bearer. */
  apiKey: 'sk_test_demo',
  /** Standard Webhooks secret: `whsec_` and base64 of 32 bytes. */
  webhookSecret: 'whsec_cGF5LWRlc2sgZGVtbyB3ZWJob29rIHNlY3JldCAhISE=',
  /** What the pretend Paykassma takes and signs with: `pluginapi_secret` and the two keys of postbacks. */
  paykassma: {
    secret: 'paykassma_demo_secret',
    accessKey: 'paykassma_demo_access_key',
    privateKey: 'paykassma_demo_private_key',
  },
  /** The cashbox of the pretend Payme: 24 hexadecimal digits, and 36 signs. */
  payme: { cashboxId: 'de3000000000000000000ca5', key: 'payme_demo_cashbox_key_worth_nothing' },
  linkKey: { kid: 'demo', key: 'pay-desk-demo-link-key-worth-nothing-at-all' },
  /** Base64 of 32 bytes; constant, so that a demo database can be read after a restart. */
  sealingKey: 'cGF5LWRlc2sgZGVtbyBzZWFsaW5nIGtleSAhISEhISE=',
} as const;
