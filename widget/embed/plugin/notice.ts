/** What the plugin window says itself, beside the checkout: notices instead of it, and the texts of the window. */
import { languageOf, loadMessages } from '../../messages/language.ts';
import type { PageMessages } from '../../messages/messages.ts';
import { page as english } from '../../messages/page/en.ts';

/** They come with the texts of the checkout, which the window needs too. In English where those cannot be fetched. */
export async function pageMessages(tag: string): Promise<PageMessages> {
  const messages = await loadMessages[languageOf(tag) ?? 'en']('').catch(() => null);
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
  card.append(sign(), heading, paragraph);
  if (action) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = action.label;
    button.addEventListener('click', action.act);
    card.append(button);
  }
  return card;
}

/** An exclamation mark in a disc, as on the screens of the checkout. */
function sign(): HTMLElement {
  const disc = document.createElement('span');
  disc.className = 'sign';
  disc.append(drawing('M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7.5v5.5M12 16.4v.1'));
  return disc;
}

/** One path of 24 × 24 that screen readers do not see. */
export function drawing(shape: string): SVGElement {
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('d', shape);
  svg.append(path);
  return svg;
}

const namespace = 'http://www.w3.org/2000/svg';
