/** What a plugin window that is a page of its own has around the card: above it the way back to the shop, below it a line about safety. */
import type { PayDesk } from '../../element/pay-desk.ts';
import { fill } from '../../messages/format.ts';
import { languageOf, loadMessages } from '../../messages/language.ts';
import styleSheet from './around-card.css?url&no-inline';
import { drawing } from './notice.ts';

/** Draws both in the language of the checkout, and once more when that or the state of the payment changes. */
export async function drawAround(container: Element, checkout: () => PayDesk | null): Promise<void> {
  const draw = async () => {
    const texts = await loadMessages[languageOf(document.documentElement.lang) ?? 'en']('').catch(() => null);
    const desk = checkout();
    for (const old of container.querySelectorAll('.way-back, .safety')) old.remove();
    const { view } = desk ?? {};
    if (!texts || !desk || !view) return;
    const { fail } = view.returnUrls;
    // Every other screen has a way back of its own.
    if (fail && /^https?:\/\//i.test(fail) && /^(open|awaiting_customer)$/.test(view.status)) {
      const link = document.createElement('a');
      link.className = 'way-back';
      link.href = fail;
      link.rel = 'noopener noreferrer';
      link.append(drawing(arrow), fill(texts.back, { merchant: view.merchantName }));
      desk.before(link);
    }
    const line = document.createElement('p');
    line.className = 'safety';
    line.append(drawing(padlock), texts.page.secure);
    desk.after(line);
  };
  styled ??= loadStyles();
  if (!(await styled)) return;
  await draw();
  if (drawn.has(container)) return;
  drawn.add(container);
  for (const event of ['pay-language-change', 'pay-status-change']) container.addEventListener(event, () => void draw());
}

/**
 * Resolves when the styles are there, so that nothing is seen without them; false where they do not load. They are a file, since the
 * page's policy takes no other, and one of its own, since nothing waits for it while the page opens.
 */
const loadStyles = () =>
  new Promise<boolean>((resolve) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = styleSheet;
    link.addEventListener('load', () => resolve(true));
    link.addEventListener('error', () => resolve(false));
    document.head.append(link);
  });

let styled: Promise<boolean> | undefined;

/** Containers whose checkout is listened to. */
const drawn = new WeakSet<Element>();

const arrow = 'M15 5.5 8.5 12l6.5 6.5';
const padlock = 'M7 11h10a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2ZM8 11V8a4 4 0 0 1 8 0v3';
