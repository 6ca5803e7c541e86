/**
 * The texts of the plugin window itself, and of one that opens a signed link. Each notice says what happened, that opening the link took
 * no money, and what to do. They do not say that nothing was charged: the order may have been paid before, even by the same link.
 */
export interface PageMessages {
  title: string;
  missingTitle: string;
  missingText: string;
  /** Under the card of a payment that is opened as a page. */
  secure: string;
  opening: string;
  expiredTitle: string;
  expiredText: string;
  brokenTitle: string;
  brokenText: string;
  refusedTitle: string;
  refusedText: string;
  laterTitle: string;
  laterText: string;
  tryAgain: string;
}
