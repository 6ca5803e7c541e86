/** Whether the customer is somewhere else than before: on another screen, or come to what is to be sent by SMS, or back from it. Not at the start. */
import type { DeskPicture } from './desk-picture.ts';

export const hasMoved = (before: DeskPicture | null, after: DeskPicture): boolean =>
  !!before && before.screen !== 'loading' && (before.screen !== after.screen || sendsSms(before) !== sendsSms(after));

const sendsSms = ({ view }: DeskPicture) => view?.nextAction.kind === 'send_sms';
