/** The texts of the wallet form. `{wallet}` is replaced by the wallet's name. */
import type { DeskProblem, Requisite, Transfer } from '#contract';

export interface TransferMessages {
  choose: string;
  none: string;
  /** Shown where there is only one wallet. */
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
  /** Shown instead where an earlier payment of the same order may still receive money. */
  earlierTitle: string;
  earlierText: string;
  earlierGo: string;
  askedFor: string;
  told: string;
  /** Problems whose general text is about pay codes. */
  problems: Partial<Record<DeskProblem['code'], string>>;
}
