/** What is known of a spending call before it is written down. */
import type { ClaimRecord, IntentRecord } from './model/records.ts';

export interface NewIntent extends Pick<IntentRecord, 'operation' | 'upstream' | 'naturalKey' | 'notes'> {
  /** What the call would spend, where it is a thing that somebody else may say is theirs. */
  claim?: Pick<ClaimRecord, 'account' | 'thing'>;
  /** The money has been pushed already, so no end of time stands against saying so. */
  late?: boolean;
  /** The first call that takes money, though there were others before: time and money are looked at once more. */
  spends?: boolean;
  /** What it is to take, in minor units: it must be what is due. */
  due?: number;
  /** It makes sure that nothing more is paid by this attempt: to be made whatever has become of the payment meanwhile. */
  fences?: boolean;
  /** It gives money back. */
  returns?: boolean;
}
