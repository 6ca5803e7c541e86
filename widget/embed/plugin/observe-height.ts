/** Reports the height of an element in whole CSS pixels: at once, and at most once per animation frame while it changes. */
export function observeHeight(element: HTMLElement, report: (height: number) => void): void {
  let last = -1;
  let pendingFrame = 0;
  const measure = () => {
    pendingFrame = 0;
    const height = Math.ceil(element.getBoundingClientRect().height);
    if (height !== last) report(height);
    last = height;
  };
  new ResizeObserver(() => {
    if (pendingFrame === 0) pendingFrame = requestAnimationFrame(measure);
  }).observe(element);
}
