/** How postbacks to one account are proven and read. */
import { minorUnitDigits } from '#contract';
import type { PostbackSettings } from '../../clients/paykassma/postback/open-postback.ts';
import type { WalletSettings } from './account.ts';

export const postbackSettings = ({ accessKey, privateKey, signedPath }: WalletSettings): PostbackSettings => ({
  accessKey,
  privateKey,
  signedPath,
  minorUnitDigits,
});
