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
