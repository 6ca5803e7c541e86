/** Finds layout faults: text that is cut off, words that are broken, labels on two lines, a page that scrolls sideways. */
import type { Page } from 'playwright-core';

export function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`${scrollWidth - clientWidth} px too wide`);
    const inside = document.querySelector('pay-desk')?.shadowRoot ?? document;
    for (const element of inside.querySelectorAll<HTMLElement>('*')) {
      const described = `${element.localName}.${element.className} “${element.textContent?.trim().slice(0, 40)}”`;
      // Behind the places of an SMS code the field is wider than what is seen, by the space after the last digit.
      const hidden = element.matches('.unseen, .box:has(.places)') || getComputedStyle(element).overflowX === 'visible';
      if (!hidden && element.scrollWidth > element.clientWidth + 1) found.push(`cut off: ${described}`);
      const [value, button] = element.matches('.copy-row') ? element.children : [];
      if (value && button && bottom(button) >= bottom(value) + 30) found.push(`under its value: ${described}`);
      if (element.matches('dt, .copy, .method:not(:has(small)), .secondary') && lines(element) > 1)
        found.push(`on ${lines(element)} lines: ${described}`);
    }
    return found;

    function bottom(element: Element): number {
      return element.getBoundingClientRect().bottom;
    }

    function lines(element: HTMLElement): number {
      const range = document.createRange();
      range.selectNodeContents(element);
      // An icon beside the text has a line of its own.
      const sign = element.querySelector('[aria-hidden=true]');
      if (sign) range.setStartAfter(sign);
      const bottoms = [...range.getClientRects()].filter(({ width }) => width > 0).map(({ bottom }) => bottom);
      // Tall scripts hang lower than what stands beside them on the same line.
      const step = Math.max(8, Number.parseFloat(getComputedStyle(element).lineHeight) / 2 || 0);
      return bottoms.sort((one, other) => one - other).filter((here, at, all) => here - (all[at - 1] ?? 0) > step).length;
    }
  });
}
