/** One click of a card that goes straight to Payme: the next step there, and after the last one the token to our server. */
import type { EnterCard } from '#contract';
import type { Answer, BffClient } from '../../session/bff-client.ts';
import type { MethodFormProps } from '../method-form.ts';
import type { CardDraft } from './card-draft.ts';
import { DirectCard } from './direct-card.ts';

export interface SubmitDirectResult {
  context: MethodFormProps<EnterCard>;
  typed: CardDraft;
  /** Another SMS, and nothing else. */
  resend: boolean;
  /** What our server is told with the token. */
  more: object;
}

export async function sendDirect(
  { context, typed, resend, more }: SubmitDirectResult,
  client: BffClient,
  key: string,
  signal: AbortSignal,
): Promise<Answer> {
  const { action, view, now } = context;
  if (!action.direct) throw new Error('Nothing is said of a cashbox.');
  const card = typed.direct ?? new DirectCard(action.direct, action.canSave && typed.save, now);
  const problem = await (resend
    ? card.askForCode(signal)
    : card.sms
      ? card.confirm(typed.code, signal)
      : card.start(typed.number, typed.expire, signal));
  // The payment is as it was: our server knows nothing of these steps.
  if (problem) return { ok: false, problem: { code: problem, ref: '' }, view };
  // What was typed for a step that is done leaves the memory.
  Object.assign(typed, { direct: card, number: '', expire: '' });
  if (!card.verified) return { ok: true, view };
  const answer = await client.post('card/token', { token: card.token, save: card.save, ...more }, key, signal);
  // Used up; where nobody knows, the same token goes out again with the next click.
  if (answer.ok || answer.view?.problem) typed.direct = null;
  return answer;
}
