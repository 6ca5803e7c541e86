/** The demo's other merchant: the same shop, whose card form tells Payme straight. Its key opens nothing but this demo's own BFF. */
export const directMerchant = { id: 'demo-direct', apiKey: 'sk_test_demo_direct' } as const;
