/** The demo's other merchants: the same shop, with other settings in `merchants.json`. Their keys open nothing but this demo's own BFF. */
export const otherMerchants = {
  /** Its card form tells Payme straight. */
  direct: { id: 'demo-direct', apiKey: 'sk_test_demo_direct' },
  /** It takes a code worth more than is due, once the customer agrees, and does not say what its codes look like. */
  lenient: { id: 'demo-lenient', apiKey: 'sk_test_demo_lenient' },
} as const;
