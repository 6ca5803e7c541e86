/**
 * Wallets that are paid on a page of their own, by `payment/create`. Known by name so that a configuration which lists one
 * is told that they are not served here, instead of that there is no such wallet.
 */
export const redirectWallets: ReadonlySet<string> = new Set(['nagad_api', 'bkash_api', 'easypaisa_api', 'upi_s']);
