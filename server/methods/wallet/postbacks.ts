/** Takes in what Paykassma tells unasked: nothing that is not signed, everything that is, before any effect. */
import { createHash } from 'node:crypto';
import { openPostback } from '../../clients/paykassma/postback/open-postback.ts';
import { newId } from '../../payments/model/ids.ts';
import type { PostbackRecord } from '../../payments/model/records.ts';
import { applyPostback } from './apply-postback.ts';
import { postbackSettings } from './postback-settings.ts';
import type { TransferParts, WalletAccount } from './wallet-parts.ts';

/** True when it is stored; false where it is not proven to be Paykassma's. Throws where it cannot be stored. */
export async function receivePostback(
  parts: TransferParts,
  merchantId: string,
  account: WalletAccount,
  raw: Uint8Array,
): Promise<boolean> {
  const opened = openPostback(raw, postbackSettings(account.settings));
  if (opened.kind === 'refused') {
    parts.observer.upstreamCall('paykassma', 'postback', opened.reason);
    return false;
  }
  const fresh: PostbackRecord = {
    id: newId('pbk'),
    merchantId,
    upstream: account.id,
    digest: createHash('sha256').update(raw).digest('hex'),
    body: new TextDecoder().decode(raw),
    status: 'received',
    receivedAt: parts.clock.now(),
  };
  const stored = (await parts.store.insertPostback(fresh)) ? fresh : await parts.store.postbackByDigest(merchantId, fresh.digest);
  if (!stored) throw new Error('a postback that is stored already must be found');
  // Stored, so it will have its effect: the sweep finds what fails here.
  if (stored.status === 'received') {
    await applyPostback(parts, stored).catch((cause: unknown) => parts.observer.failure('postback', cause));
  }
  return true;
}
