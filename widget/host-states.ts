/** Shows the host's state to the merchant's style sheet: `pay-desk:state(succeeded)`. Browsers without custom states have `data-status`. */
export function showStates(internals: ElementInternals, now: readonly string[]): void {
  try {
    internals.states.clear();
    for (const name of now) internals.states.add(name);
  } catch {
    // older engines want dashed names or know no states: the attribute remains
  }
}
