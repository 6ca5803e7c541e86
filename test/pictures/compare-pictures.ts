/** Compares two pictures pixel by pixel, in the browser, because it can read PNG. */
import type { Browser } from 'playwright-core';

export interface Found {
  /** How many pixels differ by more than rounding, or exist in one picture only. */
  pixels: number;
  /** PNG of the new picture in pale colours, with differences in red. */
  difference: Buffer;
}

export async function comparePictures(browser: Browser, before: Buffer, after: Buffer): Promise<Found> {
  const page = await browser.newPage();
  try {
    const found = await page.evaluate(compare, [before.toString('base64'), after.toString('base64')]);
    return { pixels: found.pixels, difference: Buffer.from(found.png, 'base64') };
  } finally {
    await page.close();
  }
}

/** Runs in the page. */
async function compare(pictures: string[]): Promise<{ pixels: number; png: string }> {
  const images = await Promise.all(
    pictures.map(async (base64) => createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob())),
  );
  const width = Math.max(...images.map((image) => image.width));
  const height = Math.max(...images.map((image) => image.height));
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (!pen) throw new Error('This browser draws no pictures');
  const [before, after] = images.map((image) => {
    pen.clearRect(0, 0, width, height);
    pen.drawImage(image, 0, 0);
    return pen.getImageData(0, 0, width, height);
  });
  if (!before || !after) throw new Error('Two pictures are compared');
  const one = new Uint32Array(before.data.buffer);
  const other = new Uint32Array(after.data.buffer);
  const red = 0xff0000ff;
  /** Of 255: smooth edges sometimes differ by one. */
  const rounding = 3;
  const isOther = (first: number, second: number): boolean =>
    [0, 8, 16, 24].some((bits) => Math.abs(((first >>> bits) & 255) - ((second >>> bits) & 255)) > rounding);
  let pixels = 0;
  for (let at = 0; at < other.length; at += 1) {
    const colour = other[at] ?? 0;
    const differs = one[at] !== colour && isOther(one[at] ?? 0, colour);
    if (differs) pixels += 1;
    // A quarter of the colour, on white. The bytes are alpha, blue, green, red.
    other[at] = differs ? red : (((colour >>> 2) & 0x3f3f3f) + 0xbfbfbf) | 0xff000000;
  }
  pen.putImageData(after, 0, 0);
  return { pixels, png: canvas.toDataURL('image/png').split(',')[1] ?? '' };
}
