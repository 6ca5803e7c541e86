/** What a plugin window without a client secret shows: what happened, that nothing was charged, where to go. */
import type { PageMessages } from './page-messages.ts';

export function drawMissingSecret(messages: PageMessages): HTMLElement {
  const card = document.createElement('section');
  card.className = 'card notice';
  const heading = document.createElement('h1');
  heading.textContent = messages.missingTitle;
  const words = document.createElement('p');
  words.textContent = messages.missingText;
  card.append(heading, words);
  return card;
}
