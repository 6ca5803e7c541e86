/** What strange pages do. Each function runs in the page, so it stands alone. */

/** As if a script had merged untrusted JSON into an object: each of these once looked like a part of the server's answer. */
export function polluteObjects(): void {
  const paid = { status: 'succeeded', amountPaid: 2500, due: 2500, nextAction: { kind: 'none' }, methods: [], returnUrls: {} };
  Object.assign(Object.prototype, { ...paid, view: paid, polluted: 'yes', prefix: 'x', clientSecret: 'cs_evil' });
}

/** Swallows every key that does not come from a field, as far as the page can see. */
export function listenForShortcuts(): void {
  for (const type of ['keydown', 'keypress', 'beforeinput'])
    document.addEventListener(type, (event) => {
      if (!(event.target as Element).matches('input, textarea')) event.preventDefault();
    });
}

/** Wraps each text in two `<font>`, also inside shadow roots, but not what is not to be translated. @returns How many. */
export function translateTexts(): number {
  let count = 0;
  const visit = (parent: ParentNode & Node) => {
    for (const node of [...parent.childNodes]) {
      if (node instanceof Element) {
        if (node.getAttribute('translate') === 'no' || /^(script|style)$/i.test(node.localName)) continue;
        visit(node);
        if (node.shadowRoot) visit(node.shadowRoot);
      } else if (node instanceof Text && node.data.trim()) {
        const font = document.createElement('font');
        node.replaceWith(font);
        font.append(document.createElement('font'));
        font.firstElementChild?.append(node.data);
        count += 1;
      }
    }
  };
  visit(document.documentElement);
  return count;
}

/** Inherited properties as pages set them; each would be seen in the checkout. */
export const inheritedStyles: Readonly<Record<string, string>> = {
  'text-transform': 'uppercase',
  'text-indent': '3em',
  'word-spacing': '1em',
  'letter-spacing': '3px',
  'text-shadow': '2px 2px 2px red',
  '-webkit-text-fill-color': 'red',
  '-webkit-text-stroke-width': '1px',
  'text-align': 'right',
  'white-space': 'pre',
  'writing-mode': 'vertical-rl',
  '-webkit-user-select': 'none',
  'font-variant-caps': 'small-caps',
  'line-height': '4',
  cursor: 'wait',
};

/** What the browser computes for the amount, a label, the field and the button. */
export function readStyles(names: readonly string[]): string[] {
  const root = document.querySelector('pay-desk')?.shadowRoot;
  return ['.amount', 'label', 'input', 'button[type=submit]'].flatMap((selector) => {
    const element = root?.querySelector(selector);
    if (!element) return [`${selector} is missing`];
    const style = getComputedStyle(element);
    // The size of the amount follows the width of the checkout, which another writing mode of the page changes.
    const lines = (value: string) => (Number.parseFloat(value) / Number.parseFloat(style.fontSize)).toFixed(2);
    return names.map((name) => {
      const value = style.getPropertyValue(name);
      return `${selector} ${name}: ${name === 'line-height' ? lines(value) : value}`;
    });
  });
}
