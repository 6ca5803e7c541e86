/** Where the card form of a payment is framed from. */
import type { RoomContext } from '../method-form.ts';

/** @returns Null for an address that is not of the BFF: it would be told the client secret. */
export function cardFrameAddress({ action, view, source }: RoomContext): string | null {
  const { origin } = new URL(source.apiBase);
  // Later steps do not name it any more.
  const named =
    action.kind === 'enter_card' ? action.frameUrl : `/frame/card/?${new URLSearchParams({ merchant: view.merchantId })}`;
  try {
    const url = new URL(named, origin);
    return url.origin === origin ? url.href : null;
  } catch {
    return null;
  }
}
