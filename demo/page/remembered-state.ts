/** The state that a tester showed last, kept by the browser, so that its group is open at the next visit. */

import { findState } from './states/customer-states.ts';

const key = 'pay-desk-qa-state';

export function rememberState(id: string): void {
  try {
    localStorage.setItem(key, id);
  } catch {
    // Without storage the page works all the same.
  }
}

/** Empty where there is none, or none that is still in the list. */
export function rememberedState(): string {
  try {
    return findState(localStorage.getItem(key) ?? '')?.id ?? '';
  } catch {
    return '';
  }
}
