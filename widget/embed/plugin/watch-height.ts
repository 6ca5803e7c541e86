/** Tells how high an element is, in whole CSS pixels: at once, and once per frame while it grows or shrinks. */
export function observeHeight(element: HTMLElement, tell: (height: number) => void): void {
  let last = -1;
  let asked = 0;
  const measure = () => {
    asked = 0;
    const height = Math.ceil(element.getBoundingClientRect().height);
    if (height !== last) tell(height);
    last = height;
  };
  new ResizeObserver(() => {
    if (asked === 0) asked = requestAnimationFrame(measure);
  }).observe(element);
}
