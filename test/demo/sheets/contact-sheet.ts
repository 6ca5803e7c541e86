/** Combines pictures into a sheet: each screen in light and dark, with its title. */
import type { Browser } from 'playwright-core';

export interface Pair {
  title: string;
  pictures: Buffer[];
}

/** @param width of each picture, @param pairs in a row, both as shown. */
export async function contactSheet(browser: Browser, shown: readonly Pair[], width: number, pairs: number): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: pairs * (2 * width + 30) + 20, height: 800 } });
  const picture = (png: Buffer) => `<img alt="" width="${width}" src="data:image/png;base64,${png.toString('base64')}">`;
  await page.setContent(`<style>
    body { display: flex; flex-wrap: wrap; gap: 20px; margin: 20px; background: #888; font: 14px sans-serif; }
    figure { margin: 0; inline-size: ${2 * width + 10}px; }
    div { display: flex; gap: 10px; align-items: start; }
  </style>${shown
    .map(
      ({ title, pictures }) => `<figure><figcaption>${title}</figcaption><div>${pictures.map(picture).join('')}</div></figure>`,
    )
    .join('')}`);
  const png = await page.screenshot({ fullPage: true });
  await page.close();
  return png;
}
