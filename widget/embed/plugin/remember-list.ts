/**
 * Which methods a payment has is known only when it has been read. So that the form does not move down then, the window reserves the
 * room that the list of methods of this merchant took the last time; only that height is stored.
 */
import type { PayDesk } from '../../element/pay-desk.ts';

export function rememberList(container: HTMLElement, checkout: () => PayDesk | null): void {
  const name = `pay-desk:list:${new URLSearchParams(location.search).get('merchant')}`;
  const { dataset, style } = document.documentElement;
  try {
    const height = Number(localStorage.getItem(name));
    if (height > 0 && height < 600) {
      dataset.list = '';
      style.setProperty('--list', `${height}px`);
    }
    container.addEventListener('pay-ready', () => {
      const list = checkout()?.renderRoot.querySelector<HTMLElement>('[part=methods]');
      localStorage.setItem(name, String(list?.offsetHeight ?? 0));
    });
  } catch {
    // A browser that blocks storage in frames throws here: nothing is reserved.
  }
}
