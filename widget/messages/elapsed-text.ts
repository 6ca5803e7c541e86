/** How long ago something began, in minutes or hours: seconds that count up would make waiting worse. */
import { fill } from './fill.ts';
import type { Messages } from './messages.ts';

export function elapsedText(milliseconds: number, texts: Messages, tag: string): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (!(minutes >= 1)) return texts.justNow;
  return minutes < 60 ? fill(texts.minutesAgo, { n: minutes }, tag) : fill(texts.hoursAgo, { n: Math.floor(minutes / 60) }, tag);
}
