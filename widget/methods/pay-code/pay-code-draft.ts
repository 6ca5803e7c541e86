/** What is typed so far. It outlives its screen, so a refusal after checking finds it again; it is never stored. */
export class PayCodeDraft {
  /** Normalised: no separators. */
  code = '';
  /** The payment it was typed for; no other may find it. */
  paymentId = '';
}
