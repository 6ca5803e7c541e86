/** The console's words for comparisons with the payment services' lists, and what differs. */
import type { Difference, Reconciliation, ReconciliationSource } from '#contract/operate';
import { count } from './format.ts';
import type { Tone } from './words.ts';

export const reconciliationSources: Record<ReconciliationSource, string> = {
  payme: 'Payme',
  paykassma: 'Paykassma (CSV)',
};

/** What came of a comparison. */
export function reconciliationState({ status, differences }: Pick<Reconciliation, 'status' | 'differences'>): {
  words: string;
  tone: Tone;
} {
  switch (status) {
    case 'running':
      return { words: 'Running', tone: 'warn' };
    case 'failed':
      return { words: 'Failed', tone: 'bad' };
    case 'done':
      return differences === 0 ? { words: 'Agrees', tone: 'good' } : { words: count(differences, 'difference'), tone: 'bad' };
  }
}

export const differenceKinds: Record<Difference['kind'], string> = {
  paid_there: 'Paid there, unknown here',
  known_here: 'Known here, not paid there',
  amounts_differ: 'Amounts differ',
};
