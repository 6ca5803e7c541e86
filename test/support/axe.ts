/** Runs axe on a page, with its frames and open shadow roots. */
import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';

/** @returns One line for each violation, with the rule and the place; empty where there is none. */
export async function axeFaults(page: Page): Promise<string[]> {
  return (await Promise.all(page.frames().map(faultsOf))).flat();
}

/** Frame by frame, because from outside axe skips frames of another origin. */
async function faultsOf(frame: Frame): Promise<string[]> {
  await frame.evaluate(axe.source);
  return frame.evaluate(async () => {
    // Waits for animations to end, because text that is fading in has no contrast.
    const trees: (Document | ShadowRoot)[] = [document];
    // The list grows while it is walked, so that nested shadow trees are found.
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
