/** PNG, JPEG or WebP of at most 5 MB, by its first bytes: a name proves nothing. The BFF looks again. */
const most = 5 * 1024 * 1024;

export async function isPicture(file: Blob): Promise<boolean> {
  if (file.size > most) return false;
  const start = new Uint8Array(await file.slice(0, 12).arrayBuffer());
  const signs = String.fromCharCode(...start);
  return signs.startsWith('\x89PNG\r\n\x1a\n') || signs.startsWith('\xff\xd8\xff') || /^RIFF.{4}WEBP/s.test(signs);
}
