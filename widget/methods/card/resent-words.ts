/** What is said of another code that was asked for; '' where this is the first. */
import type { EnterCardCode } from '#contract';
import type { CardMessages } from '../../messages/card/card-messages.ts';

export const resentWords = ({ resent }: EnterCardCode, texts: CardMessages): string =>
  resent === 'maybe' ? texts.resentMaybe : resent ? texts.resent : '';
