/** What the checkout on show asks to be sent by SMS; null where it does not, or is another origin's. */
import type { SendSms } from '#contract';
import type { Stage } from './stage.ts';

export function smsOf(stage: Stage | null): SendSms | null {
  const action = stage?.desk?.view?.nextAction;
  return action?.kind === 'send_sms' ? action : null;
}
