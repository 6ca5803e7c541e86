/** Fetches a chunk that the widget can do without for a while. */

/**
 * Tries again after two seconds at first, after a minute in the end, and whenever the browser is online again.
 * @param onFailure Called after each try that failed.
 * @returns The module; null after the last try.
 */
export async function retryImport<T>(load: () => Promise<T>, onFailure: () => void): Promise<T | null> {
  for (const seconds of [2, 4, 8, 15, 30, 60, 60]) {
    const loaded = await load().catch(() => null);
    if (loaded) return loaded;
    onFailure();
    await new Promise((again) => {
      setTimeout(again, seconds * 1000);
      addEventListener('online', again, { once: true });
    });
  }
  return null;
}
