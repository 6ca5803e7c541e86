/** What each part of the room of SMS is given. */
import type { SendSms } from '#contract';
import type { Messages } from '../../messages/messages.ts';
import type { SmsMessages } from '../../messages/sms/sms-messages.ts';
import type { RoomContext } from '../method-form.ts';

export interface SmsRoom extends RoomContext<SendSms> {
  texts: SmsMessages;
  whole: Messages;
  /** It takes longer than it should. */
  long: boolean;
  /** What went wrong, in words; '' for nothing. */
  error: string;
  onLeave(): void;
}
