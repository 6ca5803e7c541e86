/** One click for a card that goes directly to Payme: the next step there, and after the last step the token to our server. */
import type { EnterCard } from '#contract';
import type { Answer, BffClient } from '../../session/bff-client.ts';
import type { MethodFormProps } from '../method-form.ts';
import type { CardDraft } from './card-draft.ts';
import { DirectCard } from './direct-card.ts';

export interface DirectSubmission {
  context: MethodFormProps<EnterCard>;
  typed: CardDraft;
  /** Only request another SMS. */
  resend: boolean;
  /** Fields that our server gets together with the token. */
  more: object;
}

export async function sendDirect(
  { context, typed, resend, more }: DirectSubmission,
  client: BffClient,
  key: string,
  signal: AbortSignal,
): Promise<Answer> {
  const { action, view, now } = context;
  if (!action.direct) throw new Error('The action names no cashbox.');
  const card = typed.direct ?? new DirectCard(action.direct, action.canSave && typed.save, now);
  const problem = await (resend
    ? card.requestCode(signal)
    : card.sms
      ? card.confirm(typed.code, signal)
      : card.start(typed.number, typed.expire, signal));
  // Our server knows nothing of these steps, so the payment is unchanged.
  if (problem) return { ok: false, problem: { code: problem, reference: '' }, view };
  // What was entered for a finished step is removed from memory.
  Object.assign(typed, { direct: card, number: '', expire: '' });
  if (!card.verified) return { ok: true, view };
  const answer = await client.post('card/token', { token: card.token, save: card.save, ...more }, key, signal);
  // The token is used up. Where the outcome is unknown, the next click sends the same token again.
  if (answer.ok || answer.view?.problem) typed.direct = null;
  return answer;
}
