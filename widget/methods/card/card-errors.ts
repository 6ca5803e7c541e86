/** What is wrong, in words: at a field that is there, or with all of it. What was typed comes before what came of it. */
import { fill } from '../../messages/fill.ts';
import type { Messages } from '../../messages/messages.ts';
import { problemText } from '../../messages/problem-text.ts';
import type { RoomContext } from '../method-form.ts';
import type { Misfit } from './card-misfits.ts';
import type { CardPlace } from './card-place.ts';
import type { CardStep } from './card-state.ts';

export type CardErrors = Partial<Record<CardPlace | 'form', string>>;

const places: Record<string, CardPlace> = { card_number: 'number', card_expire: 'expire', phone_format: 'phone' };

export function cardErrors(
  { problem, language, view }: RoomContext,
  { shown, sms }: CardStep,
  misfits: readonly Misfit[],
  { card: texts }: Messages,
): CardErrors {
  if (misfits.length) return Object.fromEntries(misfits.map(({ place, words }) => [place, texts[words]]));
  if (!problem) return {};
  const { code, field } = problem;
  const wanted = field ?? places[code] ?? (/^sms_code/.test(code) ? 'code' : '');
  const place = shown.find((name) => name === wanted) ?? 'form';
  const left = code === 'sms_code_wrong' && sms?.attemptsLeft ? ` ${fill(texts.left, { n: sms.attemptsLeft })}` : '';
  return { [place]: problemText(problem, language, view, texts.problems) + left };
}
