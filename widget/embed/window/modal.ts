/**
 * A native modal dialog around a plugin window. The browser keeps the focus inside, makes the page behind inert and restores the
 * focus afterwards. A shadow root keeps the page's style sheets out.
 */
import { ofDocument } from '../../browser.ts';
import { modalStyles } from './modal.styles.ts';
import type { windowMessages } from './window-messages.ts';

export interface Modal {
  show(): void;
  close: () => void;
  /** The window inside is visible, so the note about loading is not needed any more. */
  hideNote(): void;
  /** Says that the window inside did not load. */
  showMissing: () => void;
  /** Resolves when it has been closed and removed from the page. */
  closed: Promise<void>;
}

/** Drawn without markup: a page with trusted types allows none. */
function cross(): SVGElement {
  const svg = ofDocument('createElementNS')('http://www.w3.org/2000/svg', 'svg') as SVGElement;
  const path = ofDocument('createElementNS')('http://www.w3.org/2000/svg', 'path');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', 'm5 5 10 10M15 5 5 15');
  svg.append(path);
  return svg;
}

export function createModal(frame: HTMLIFrameElement, messages: ReturnType<typeof windowMessages>, theme = 'auto'): Modal {
  const host = ofDocument('createElement')('div');
  host.dataset.payDeskWindow = '';
  const dialog = ofDocument('createElement')('dialog');
  dialog.lang = messages.lang;
  dialog.dir = messages.dir ?? 'ltr'; // whatever the page's is
  dialog.translate = false;
  dialog.ariaLabel = messages.title;
  dialog.dataset.theme = theme;
  const button = ofDocument('createElement')('button');
  button.type = 'button';
  button.ariaLabel = messages.close;
  button.append(cross());
  const note = ofDocument('createElement')('p');
  note.setAttribute('role', 'status');
  note.dataset.waiting = '';
  dialog.append(button, note, frame);
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [modalStyles()];
  root.append(dialog);

  const close = () => dialog.close();
  button.addEventListener('click', close);
  // Selecting text from the inside to the outside also ends with a click on the backdrop, but does not begin there.
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
    hideNote: () => note.remove(),
    showMissing() {
      delete note.dataset.waiting;
      note.textContent = messages.missing;
    },
    closed: new Promise((resolve) => {
      dialog.addEventListener('close', () => {
        host.remove();
        resolve();
      });
    }),
  };
}

let locks = 0;
let overflowBefore = '';

/**
 * Keeps the page under a dialog from scrolling. Dialogs may overlap and end in any order: the last one unlocks.
 * @returns Unlocks. Calling it again does nothing.
 */
export function lockScroll(): () => void {
  const { style } = ofDocument('documentElement');
  if (locks++ === 0) {
    overflowBefore = style.overflow;
    style.overflow = 'hidden';
  }
  let locked = true;
  return () => {
    if (locked && --locks === 0) style.overflow = overflowBefore;
    locked = false;
  };
}
