/**
 * Loads a chunk that the desk can do without for a while, again and again: every two seconds at first, every minute in the end, and when
 * the browser is online again. Null where it does not come at all. `missed` is told each time.
 */
export async function retryImport<T>(load: () => Promise<T>, missed: () => void): Promise<T | null> {
  for (const pause of [2, 4, 8, 15, 30, 60, 60]) {
    const loaded = await load().catch(() => null);
    if (loaded) return loaded;
    missed();
    await new Promise((again) => {
      setTimeout(again, pause * 1000);
      addEventListener('online', again, { once: true });
    });
  }
  return null;
}
