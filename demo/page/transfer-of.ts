/** Where the checkout on show asks, or has asked, to transfer to; null where it does not, or is another origin's. */
import type { Transfer } from '#contract';
import type { Stage } from './stage.ts';

export function transferOf(stage: Stage | null): Transfer | null {
  const view = stage?.desk?.view;
  return view?.nextAction.kind === 'transfer' ? view.nextAction : (view?.attempt?.transfer ?? null);
}
