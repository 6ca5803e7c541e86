/**
 * Names in the merchants file that are a secret key of a payment service: they are stored in clear. A server that has run with one must
 * not fail over it at its next start, so the start only warns, and `pay-desk config check` refuses it.
 */
import type { MerchantConfig } from './merchants.ts';

/** @returns Sentences that begin with the field and say what to do; they contain no value. */
export function storedSecrets({ methods: { wallet, payCode } }: Pick<MerchantConfig, 'methods'>): string[] {
  // The access key may stand there: Paykassma sends it in clear, and before accounts had names it was stored in place of one.
  const walletKey = (['secret', 'privateKey'] as const).find((name) => wallet?.[name] === wallet?.account);
  const isKey = (name: string | undefined) => payCode && 'key' in payCode.auth && name === payCode.auth.key;
  return [
    ...(wallet && walletKey
      ? [
          `methods.wallet.account: it is the ${walletKey}, and stored in clear with each payment. Give a new account a name of your own. ` +
            'If it has payments, keep the name and replace that key at Paykassma: by the name it is known which transaction numbers have ' +
            'paid, and under another one they could be handed in again.',
        ]
      : []),
    ...(isKey(payCode?.creator)
      ? [
          'methods.payCode.creator: it is the key of PayCodes, which stores it in clear with each code that is shown. Choose a name of your ' +
            'own, and replace that key at PayCodes.',
        ]
      : []),
    ...(isKey(payCode?.smsClient)
      ? [
          'methods.payCode.smsClient: it is the key of PayCodes, which stores in clear who uses a code. Replace that key at PayCodes. Change ' +
            'the name only when the SMS gateway uses codes in another one, because what is used in any other does not count as paid.',
        ]
      : []),
  ];
}

/** The same of all merchants, for the log. */
export const storedSecretWarnings = (merchants: readonly MerchantConfig[]): string[] =>
  merchants.flatMap((merchant) => storedSecrets(merchant).map((sentence) => `merchant ${merchant.id}: ${sentence}`));
