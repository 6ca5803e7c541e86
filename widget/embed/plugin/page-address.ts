/**
 * The client secret of a plugin window: it comes in the fragment, moves to sessionStorage and leaves the address, so that
 * neither the history nor a copied address holds it. A reload finds it again.
 *
 * Two frames of one shop share this origin's storage. Each therefore keeps its secret under a name of its own, which lies in
 * the state of its history entry.
 *
 * @param page The window; a stand-in in tests.
 * @returns Null when the address has none and none was kept.
 */
export function takeClientSecret(page: Pick<Window, 'location' | 'history' | 'sessionStorage'>): string | null {
  const arrived = page.location.hash.slice(1);
  try {
    if (!arrived) return page.sessionStorage.getItem(keptName(page.history.state));
    const name = newName();
    page.sessionStorage.setItem(name, arrived);
    page.history.replaceState({ ...page.history.state, payDesk: name }, '', page.location.pathname + page.location.search);
    return arrived;
  } catch {
    // A browser that blocks storage in frames throws here: the fragment stays, or a reload would lose the payment.
    return arrived || null;
  }
}

const newName = () => `pay-desk:${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;

const keptName = (state: unknown): string =>
  typeof state === 'object' && state !== null && 'payDesk' in state ? String(state.payDesk) : '';
