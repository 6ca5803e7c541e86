/**
 * Makes the picture of a transfer smaller before it is sent: it travels faster over a mobile network, and proxies refuse large
 * bodies, nginx by default those of more than a megabyte. It is a chunk of its own, fetched when a large picture is chosen.
 */
import { ofDocument } from '../../browser.ts';

/** Bytes. A picture of up to this size is sent as it is. */
const small = 500 * 1024;
/** Pixels of the longer side. The text on a phone's screenshot stays readable. */
const longest = 2000;
/** Bytes: less than a megabyte, with the form around it. */
const wanted = 900 * 1024;

/** The picture as JPEG; the file itself where that is small, cannot be decoded, or would not become smaller. Never rejects. */
export async function shrinkPicture(file: File): Promise<File> {
  if (file.size <= small) return file;
  try {
    const jpeg = await toJpeg(await createImageBitmap(file));
    return jpeg && jpeg.size < file.size
      ? new File([jpeg], `${file.name.replace(/\.\w+$/, '')}.jpg`, { type: 'image/jpeg' })
      : file;
  } catch {
    return file;
  }
}

async function toJpeg(image: ImageBitmap): Promise<Blob | null> {
  const scale = Math.min(1, longest / Math.max(image.width, image.height));
  const canvas = ofDocument('createElement')('canvas');
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  const context = canvas.getContext('2d');
  if (!context || !isFaithful(context)) return null;
  // JPEG has no transparency, and black would hide black text.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  let jpeg: Blob | null = null;
  for (const quality of [0.85, 0.7, 0.5]) {
    jpeg = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
    if (!jpeg || jpeg.size <= wanted) break;
  }
  return jpeg;
}

/** Browsers that resist fingerprinting return noise instead of what was drawn. Nobody could read that. */
function isFaithful(context: CanvasRenderingContext2D): boolean {
  context.fillStyle = '#123456';
  context.fillRect(0, 0, 1, 1);
  return String(context.getImageData(0, 0, 1, 1).data) === '18,52,86,255';
}
