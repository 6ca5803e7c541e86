/**
 * The keys that the filled databases were made with. They open nothing but these recordings, so they may lie in the repository.
 */
export const keys = {
  /** Seals and opens what is sealed in the files: 32 bytes. */
  sealing: Buffer.from('a test key of filled databases!!'),
  /** Bearers of the two merchants' servers. */
  books: 'sk_test_filled_books',
  kiosk: 'sk_test_filled_kiosk',
  /** Standard Webhooks secret of both: `whsec_` and base64 of 32 bytes. */
  webhook: `whsec_${Buffer.from('webhooks of the filled databases').toString('base64')}`,
  paycodes: 'paycodes key of the filled databases',
  paykassma: { secret: 'filled-secret', accessKey: 'filled-access-key', privateKey: 'filled-private-key' },
  payme: { id: 'f111ed0000000000000000f0', key: 'payme key of the filled databases' },
} as const;

export type MerchantId = 'books' | 'kiosk';
export const merchantIds: readonly MerchantId[] = ['books', 'kiosk'];
