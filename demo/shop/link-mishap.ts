/** What may be wrong with a link, for QA: each must end in a clear page and no payment. */

export const linkMishaps = {
  none: 'nothing',
  amount: 'the amount was changed afterwards',
  expired: 'it has run out',
  unknown: 'it has an unknown parameter',
  twice: 'it has a parameter twice',
  cut: 'its end is cut off',
} as const;
export type LinkMishap = keyof typeof linkMishaps;

export const isLinkMishap = (name: string): name is LinkMishap => Object.hasOwn(linkMishaps, name);

/** Spoils a link that was signed. `expired` is no change to a link, but one signed with a moment that has passed. */
export function spoilLink({ href }: URL, mishap: LinkMishap): string {
  if (mishap === 'amount') return href.replace(/fixed_amount=\d+/, 'fixed_amount=1');
  if (mishap === 'unknown') return `${href}&discount=100`;
  if (mishap === 'twice') return `${href}&fixed_amount=1`;
  return mishap === 'cut' ? href.slice(0, -5) : href;
}
