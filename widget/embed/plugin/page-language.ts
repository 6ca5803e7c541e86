/** Language, direction and title of a page of ours: of the plugin window, or of a card frame. */
import { directionOf } from '#contract';

/** @param tag BCP 47. The title comes with the texts of that language. */
export function setPageLanguage(tag: string): void {
  const root = document.documentElement;
  if (root.lang === tag) return;
  root.lang = tag;
  root.dir = directionOf(tag);
  void titleIn(tag).then((title) => {
    if (title && root.lang === tag) document.title = title;
  });
}

/** '' where the texts cannot be fetched: the title stays as it is. */
const titleIn = (tag: string): Promise<string> =>
  import('./notice.ts')
    .then(({ pageMessages }) => pageMessages(tag))
    .then(
      ({ title }) => title,
      () => '',
    );
