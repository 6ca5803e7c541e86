/** In a dialog the shop lies right behind: "back to the shop" closes it there, and does not load the page anew. */

/** @param close Told the address that the merchant gave: its page may still want to go there. */
export function backCloses(place: Element, close: (returnUrl: string) => void): void {
  place.addEventListener('click', (event) => {
    const way = event.composedPath().find((node) => node instanceof HTMLAnchorElement && node.target === '_top');
    const { button, ctrlKey, metaKey, shiftKey, altKey } = event as MouseEvent;
    // With a key it opens another tab, as any link does.
    if (!way || button !== 0 || ctrlKey || metaKey || shiftKey || altKey) return;
    event.preventDefault();
    close((way as HTMLAnchorElement).href);
  });
}
