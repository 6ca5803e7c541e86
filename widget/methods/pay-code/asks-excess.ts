/** Whether the customer is to be asked: the code they sent is worth more than is due, and may pay all the same. Not once they type another. */
import type { RoomContext } from '../method-form.ts';

export const asksExcess = ({ problem, draft, action, view }: RoomContext): boolean =>
  problem?.code === 'code_value_too_high' &&
  !!draft.code &&
  draft.code === draft.sent &&
  // Where an SMS may cost more than is due, its code may be worth more.
  (action.kind === 'send_sms' ? action.price > view.due : 'excess' in action);
