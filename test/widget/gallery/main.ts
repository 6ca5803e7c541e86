/** The gallery: every state of the checkout on one page, in each language, theme and width, without any server behind it. */
import '../../../widget/index.ts';
import { startGallery } from './gallery.ts';
import { startStaticBff } from './static-bff.ts';

const page = document.querySelector<HTMLElement>('#gallery');
if (page) {
  await startStaticBff();
  startGallery(page);
}
