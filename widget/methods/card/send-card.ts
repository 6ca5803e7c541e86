/** One click in the room of cards, ready to be sent: a card, a saved one, or the code of an SMS. The desk never sees what was typed. */
import type { Answer, BffClient } from '../../session/bff-client.ts';
import type { RoomContext } from '../method-form.ts';
import type { CardStep } from './card-state.ts';

/** `resend`: another SMS, and nothing else. */
export async function sendCard(
  context: RoomContext,
  { typed, action, saved }: CardStep,
  resend: boolean,
  ...[client, key, signal]: [client: BffClient, key: string, signal: AbortSignal]
): Promise<Answer> {
  if (!action) return client.post(resend ? 'card/resend' : 'card/code', resend ? {} : { code: typed.code }, key, signal);
  const more = {
    ...(action.askPhone && { phone: typed.phone }),
    ...(context.view.nextAction.kind === 'confirm' && { acknowledge: true }),
  };
  if (saved) return client.post('card/saved', { cardId: saved.id, ...more }, key, signal);
  if (action.direct) {
    const direct = await import('./send-direct.ts').catch(() => null);
    if (!direct) return { ok: false, problem: { code: 'network', ref: '' }, view: context.view };
    return direct.sendDirect({ context: { ...context, action }, typed, resend, more }, client, key, signal);
  }
  const { number, expire, save } = typed;
  return client.post('card', { number, expire, ...(action.canSave && { save }), ...more }, key, signal);
}
