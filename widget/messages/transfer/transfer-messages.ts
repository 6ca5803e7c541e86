/** The words of the wallet room. `{wallet}` is the wallet's own name. */
import type { Requisite, Transfer } from '#contract';
import type { DeskProblem } from '../../session/bff-client.ts';

export interface TransferMessages {
  choose: string;
  none: string;
  /** To be tapped where there is one wallet only. */
  only: string;
  show: string;
  asking: string;
  step1: string;
  how: Record<NonNullable<Transfer['how']>, string>;
  step2: string;
  captions: Record<'wallet_number' | 'upi_id' | 'account_name', string> & Partial<Record<Requisite['key'], string>>;
  exact: string;
  copy: string;
  number: string;
  numberHint: string;
  numberEmpty: string;
  numberWrong: string;
  picture: string;
  pictureHint: string;
  pictureAdd: string;
  pictureChange: string;
  pictureEmpty: string;
  pictureWrong: string;
  pictureShown: string;
  send: string;
  again: string;
  sending: string;
  other: string;
  foot: string;
  timeLeft: string;
  late: string;
  acceptedTitle: string;
  acceptedText: string;
  pendingTitle: string;
  pendingText: string;
  confirmTitle: string;
  confirmText: string;
  confirmBack: string;
  confirmGo: string;
  /** Instead, where the money may come to an earlier payment of the same order. */
  earlierTitle: string;
  earlierText: string;
  earlierGo: string;
  askedFor: string;
  told: string;
  /** Where a transfer needs other words than a code. */
  problems: Partial<Record<DeskProblem['code'], string>>;
}
