/** Sends the code that is typed, with what the customer has agreed to. */
import type { Send } from '../../session/submit-action.ts';
import type { RoomContext } from '../method-form.ts';

export const sendCode =
  ({ draft, view }: RoomContext): Send =>
  (client, key, signal) => {
    const { code } = draft;
    draft.sent = code;
    const acceptExcess = draft.excess === code;
    const acknowledge = view.nextAction.kind === 'confirm';
    return client.post(
      'pay-code',
      { code, ...(acceptExcess && { acceptExcess }), ...(acknowledge && { acknowledge }) },
      key,
      signal,
    );
  };
