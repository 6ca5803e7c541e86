/** What the room of pay codes needs: one PayCodes account per merchant that sells by code. */
import type { PayCodesClient } from '../../clients/paycodes/client.ts';
import type { Clock, Observer, Sealer } from '../../payments/model/ports.ts';
import type { PayCodeSettings } from './account.ts';

export interface PayCodeAccount {
  client: PayCodesClient;
  settings: PayCodeSettings;
}

export interface PayCodeParts {
  /** Null for a merchant that sells nothing by code. */
  account(merchantId: string): PayCodeAccount | null;
  sealer: Sealer;
  clock: Clock;
  observer: Observer;
}
