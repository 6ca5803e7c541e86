/**
 * Which methods a payment has is known only when it has been read. So that the form does not move down then, the window reserves the
 * room that the list of methods of this merchant took the last time; only that height is stored.
 */
import type { PayDesk } from '../../element/pay-desk.ts';

export function rememberList(container: HTMLElement, checkout: () => PayDesk | null): void {
  const name = `pay-desk:list:${new URLSearchParams(location.search).get('merchant')}`;
  const { dataset, style } = document.documentElement;
  // A browser that blocks storage in frames throws: then nothing is reserved.
  const withStorage = (work: (storage: Storage) => void) => {
    try {
      work(localStorage);
    } catch {}
  };
  withStorage((storage) => {
    const height = Number(storage.getItem(name));
    if (height > 0 && height < 600) {
      dataset.list = '';
      style.setProperty('--list', `${height}px`);
    }
  });
  container.addEventListener('pay-ready', () =>
    withStorage((storage) => {
      const height = checkout()?.renderRoot.querySelector<HTMLElement>('[part=methods]')?.offsetHeight;
      if (height) storage.setItem(name, String(height));
      else storage.removeItem(name);
    }),
  );
}
