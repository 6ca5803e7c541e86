/**
 * A native modal dialog around a plugin window. The browser keeps the focus inside, makes the page behind inert and gives the focus
 * back; a shadow root keeps the page's style sheets out.
 */
import { ofDocument } from '../../session/of-document.ts';
import { modalStyles } from './modal.styles.ts';
import type { WindowWords } from './words.ts';

export interface Modal {
  show(): void;
  close: () => void;
  /** The window inside shows itself. */
  arrived(): void;
  /** The window inside did not come. */
  tellMissing: () => void;
  /** Resolves when it is closed, by whomever; it has left the page then. */
  closed: Promise<void>;
}

export function createModal(frame: HTMLIFrameElement, words: WindowWords & { lang: string }, theme = 'auto'): Modal {
  const host = ofDocument('createElement')('div');
  host.dataset.payDeskWindow = '';
  const dialog = ofDocument('createElement')('dialog');
  dialog.lang = words.lang;
  dialog.ariaLabel = words.title;
  dialog.dataset.theme = theme;
  const button = ofDocument('createElement')('button');
  button.type = 'button';
  button.ariaLabel = words.close;
  button.textContent = '×';
  const note = ofDocument('createElement')('p');
  note.setAttribute('role', 'status');
  note.dataset.waiting = '';
  dialog.append(button, note, frame);
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [modalStyles()];
  root.append(dialog);

  const close = () => dialog.close();
  button.addEventListener('click', close);
  // A text that is marked from the inside out ends on the ground too, but did not begin there.
  let pressed: EventTarget | null = null;
  dialog.addEventListener('pointerdown', ({ target }) => {
    pressed = target;
  });
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog && pressed === dialog) close();
  });

  return {
    show() {
      ofDocument('body').append(host);
      dialog.showModal();
    },
    close,
    arrived: () => note.remove(),
    tellMissing() {
      delete note.dataset.waiting;
      note.textContent = words.missing;
    },
    closed: new Promise((resolve) => {
      dialog.addEventListener('close', () => {
        host.remove();
        resolve();
      });
    }),
  };
}

/** Keeps the page under a dialog from scrolling. Dialogs may lie on each other and end in any order: the last one unlocks. */
let locks = 0;
let before = '';

/** Returns how to unlock, once. */
export function lockScroll(): () => void {
  const { style } = ofDocument('documentElement');
  if (locks++ === 0) {
    before = style.overflow;
    style.overflow = 'hidden';
  }
  let locked = true;
  return () => {
    if (locked && --locks === 0) style.overflow = before;
    locked = false;
  };
}
