/** Sends the number of a transfer to Paykassma, once, and says what came of it. The intent must be committed before. */
import type { Activation } from '../../clients/paykassma/client.ts';
import type { ReadAmount } from '../../clients/paykassma/minor-units.ts';
import type { Screenshot } from '../../clients/paykassma/screenshot-form.ts';
import { UpstreamError } from '../../clients/upstream-error.ts';
import type { Outcome } from '../../payments/model/outcome.ts';
import type { WalletAccount, WalletParts } from './wallet-parts.ts';

export async function activate(
  { observer }: Pick<WalletParts, 'observer'>,
  { upstream, client }: WalletAccount,
  activation: Activation,
  screenshot: Screenshot | undefined,
): Promise<Outcome> {
  const operation = screenshot ? 'possible_transaction' : 'activate';
  try {
    const answer = screenshot
      ? await client.possibleTransaction({ ...activation, screenshot })
      : await client.activate(activation);
    observer.upstreamCall('paykassma', operation, answer.kind);
    switch (answer.kind) {
      case 'credited':
        return credited(upstream, activation.customTransactionId, answer.amount, answer.currency);
      case 'accepted_not_credited':
        return { kind: 'waiting', reason: 'transfer_accepted' };
      case 'pending':
      case 'submitted':
        return { kind: 'waiting', reason: 'transfer_pending' };
      case 'possible_transaction_created':
        return asked('transfer_not_found', true);
      case 'refused':
        // Our ids are sent once: a gateway on the way has repeated the call, and the first of the two may have been credited.
        return answer.fields.includes('custom_transaction_id') ? { kind: 'unknown' } : asked('transfer_refused', false);
    }
  } catch (cause) {
    if (!(cause instanceof UpstreamError)) throw cause;
    observer.upstreamCall('paykassma', operation, cause.fault);
    return cause.fault === 'not_sent'
      ? { kind: 'asked', refusal: { code: 'provider_unavailable' }, watched: false }
      : { kind: 'unknown' };
  }
}

/** Without an amount that can be said it is money all the same, and a person has to look. */
function credited(upstream: string, upstreamId: string, amount: ReadAmount, currency: string): Outcome {
  const money = { upstream, upstreamId, currency };
  return amount === 'inexact' || amount === 0
    ? { kind: 'review', why: 'an amount that cannot be said exactly', evidence: { ...money, amount: 0 } }
    : { kind: 'paid', evidence: { ...money, amount } };
}

const asked = (code: 'transfer_not_found' | 'transfer_refused', watched: boolean): Outcome => ({
  kind: 'asked',
  refusal: { code, field: 'transactionNumber' },
  watched,
});
