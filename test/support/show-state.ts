/** Shows a state on the QA page as a tester does, by two clicks: one opens its group, the other is the state. */
import type { Page } from 'playwright-core';
import { customerStates } from '../../demo/page/states/customer-states.ts';

/** @param id Of the state. */
export async function showState(page: Page, id: string): Promise<void> {
  for (const [group, states] of customerStates) {
    const state = states.find((each) => each.id === id);
    if (!state) continue;
    const { words, means } = state;
    const row = page
      .getByRole('button', { name: means === 'real' ? words : `${words} ${means}`, exact: true })
      .and(page.locator('.state'));
    // The group of the state before may be the same one, and a click would close it.
    if (!(await row.isVisible())) await page.locator('.list summary').filter({ hasText: group }).click();
    return row.click();
  }
  throw new Error(`there is no state ${id}`);
}
