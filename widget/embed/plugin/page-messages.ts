/** The texts of the plugin window itself, in the language of the customer. */
import { languageOf, loadMessages } from '../../messages/language.ts';
import { page as english } from '../../messages/page/en.ts';
import type { PageMessages } from '../../messages/page-messages.ts';

/** They come with the texts of the checkout, which the window needs too. In English where those cannot be fetched. */
export async function pageMessages(tag: string): Promise<PageMessages> {
  const messages = await loadMessages[languageOf(tag) ?? 'en']().catch(() => null);
  return messages?.page ?? english;
}
