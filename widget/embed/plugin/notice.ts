/** What the plugin window says itself, beside the checkout: notices instead of it, and the texts of the window. */
import { languageOf, loadMessages } from '../../messages/language.ts';
import type { PageMessages } from '../../messages/messages.ts';
import { page as english } from '../../messages/page/en.ts';

/** They come with the texts of the checkout, which the window needs too. In English where those cannot be fetched. */
export async function pageMessages(tag: string): Promise<PageMessages> {
  const messages = await loadMessages[languageOf(tag) ?? 'en']().catch(() => null);
  return messages?.page ?? english;
}

/** Shown in the plugin window instead of a checkout: what happened, whether anything was charged, what to do. */
export interface Notice {
  title: string;
  text: string;
  action?: { label: string; act(): void };
}

export function renderNotice({ title, text, action }: Notice): HTMLElement {
  const card = document.createElement('section');
  card.className = 'card notice';
  const heading = document.createElement('h1');
  heading.textContent = title;
  const paragraph = document.createElement('p');
  paragraph.textContent = text;
  card.append(heading, paragraph);
  if (action) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = action.label;
    button.addEventListener('click', action.act);
    card.append(button);
  }
  return card;
}
