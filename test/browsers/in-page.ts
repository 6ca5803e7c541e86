/** Functions that run in a tested page. Each stands alone, because only its text is sent there. */

/** The first visible element of the document, or of a shadow root in it. @param text A part of its text. */
export function deepFind(selector: string, text = ''): Element | null {
  const visit = (root: ParentNode): Element | null => {
    for (const element of root.querySelectorAll('*')) {
      if (element.matches(selector) && element.checkVisibility() && (element.textContent ?? '').includes(text)) return element;
      const inside = element.shadowRoot && visit(element.shadowRoot);
      if (inside) return inside;
    }
    return null;
  };
  return visit(document);
}

export interface Seen {
  /** The middle of the element, and its top left corner within its border, in its own document's viewport. */
  x: number;
  y: number;
  left: number;
  top: number;
  /** Of a field. */
  value: string;
  checked: boolean;
  focused: boolean;
  disabled: boolean;
}

/** As `deepFind`, which is repeated here; the element is scrolled into view. */
export function look(selector: string, text = ''): Seen | null {
  const visit = (root: ParentNode): Element | null => {
    for (const element of root.querySelectorAll('*')) {
      if (element.matches(selector) && element.checkVisibility() && (element.textContent ?? '').includes(text)) return element;
      const inside = element.shadowRoot && visit(element.shadowRoot);
      if (inside) return inside;
    }
    return null;
  };
  const element = visit(document);
  if (!element) return null;
  const outside = () => {
    const { top, bottom } = element.getBoundingClientRect();
    return top < 0 || bottom > innerHeight;
  };
  if (outside()) element.scrollIntoView({ block: 'center', behavior: 'instant' });
  const { x, y, width, height } = element.getBoundingClientRect();
  const { value = '', checked = false, disabled = false } = element as Partial<HTMLInputElement>;
  const [left, top] = [x + element.clientLeft, y + element.clientTop];
  return { x: x + width / 2, y: y + height / 2, left, top, value, checked, focused: element.matches(':focus'), disabled };
}

/** Selects what is in the focused field, so that what is typed replaces it. */
export function selectTyped(): void {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  if (active instanceof HTMLInputElement) active.select();
}

/** All text that is visible, also inside shadow roots, with single spaces. */
export function visibleText(): string {
  const parts: string[] = [];
  const visit = (node: Node): void => {
    if (node instanceof Text) parts.push(node.data);
    else if (node instanceof HTMLSlotElement && node.assignedNodes().length > 0) node.assignedNodes().forEach(visit);
    else if (node instanceof Element) {
      if (!node.checkVisibility() || /^(script|style|template)$/i.test(node.localName)) return;
      (node.shadowRoot ?? node).childNodes.forEach(visit);
    } else node.childNodes.forEach(visit);
    parts.push(' ');
  };
  visit(document.body);
  // Burmese texts have an invisible character where a line may break.
  return parts
    .join('')
    .replace(/\u200b/g, '')
    .replace(/\s+/g, ' ');
}
