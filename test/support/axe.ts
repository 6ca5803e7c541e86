/** What axe finds wrong with a page, its frames and open shadow roots included. */
import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';

/** @returns One line for each fault: the rule, and where. Empty is what a test wants. */
export async function axeFaults(page: Page): Promise<string[]> {
  return (await Promise.all(page.frames().map(faultsOf))).flat();
}

/** Frame by frame: from outside, axe would pass over what another origin's frame shows. */
async function faultsOf(frame: Frame): Promise<string[]> {
  await frame.evaluate(axe.source);
  return frame.evaluate(async () => {
    // Half-faded text has no contrast: what comes to rest is waited for.
    const trees: (Document | ShadowRoot)[] = [document];
    // A list that grows while it is walked: shadow trees within shadow trees too.
    for (const tree of trees) for (const { shadowRoot } of tree.querySelectorAll('*')) if (shadowRoot) trees.push(shadowRoot);
    const moving = trees.flatMap((tree) => tree.getAnimations());
    const ending = moving.filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
    await Promise.allSettled(ending.map(({ finished }) => finished));
    const { axe: inFrame } = window as unknown as { axe: typeof import('axe-core') };
    const { violations } = await inFrame.run(document, { resultTypes: ['violations'], iframes: false });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
    );
  });
}
