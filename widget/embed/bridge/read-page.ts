/** Reads what the page around a frame said; null for anything a page does not say. */
import { FromPage } from '../../bridge/from-page.ts';

export const readPage = (said: unknown): FromPage | null => FromPage.safeParse(said).data ?? null;
