/** Makes a signed link for the operators' console, by the merchant's own key. */
import { minorUnitDigits } from '#contract';
import type { MadeLink, MakeLink } from '#contract/operate';
import { ProblemError } from '../payments/model/errors.ts';
import type { Clock } from '../payments/model/ports.ts';
import { isoTime } from '../payments/model/time.ts';
import { type LinkMerchant, signLink } from './signed-link.ts';

export interface MakeLinkDeps {
  merchants: Pick<ReadonlyMap<string, LinkMerchant>, 'get'>;
  clock: Clock;
  publicUrl: URL;
}

const daySeconds = 86_400;

/** What it returns throws a `ProblemError` `invalid_request` if the merchant has no link key, or links cannot have the amount. */
export const createLinkMaker = (deps: MakeLinkDeps) => (wanted: MakeLink) => makeLink(deps, wanted);

function makeLink({ merchants, clock, publicUrl }: MakeLinkDeps, wanted: MakeLink): MadeLink {
  // The first is taken, so a new key that is listed after the old one signs nothing here before the old one is removed.
  const linkKey = merchants.get(wanted.merchant)?.linkKeys[0];
  if (!linkKey) throw refuse('merchant', 'this merchant has no linkKeys in the merchants file, by which links are signed');
  const fraction = '0'.repeat(minorUnitDigits(wanted.currency));
  const amount = String(wanted.amount);
  if (!amount.endsWith(fraction) || amount.length === fraction.length)
    throw refuse('amount', 'expected whole units of the currency, because links have no fractions');
  const exp = Math.floor(clock.now() / 1000) + (wanted.expiresIn ?? daySeconds);
  const parameters = new Map([
    ['merchant', wanted.merchant],
    ['kid', linkKey.kid],
    ['exp', String(exp)],
    ['label', wanted.label],
    ['custom_transaction_id', wanted.orderId],
    ['fixed_amount', amount.slice(0, amount.length - fraction.length)],
    ['currency_code', wanted.currency],
  ]);
  parameters.set('signature', signLink(parameters, linkKey.key));
  return { link: `${publicUrl.origin}/plugin/?${new URLSearchParams([...parameters])}`, expiresAt: isoTime(exp * 1000) };
}

const refuse = (field: string, detail: string): ProblemError =>
  new ProblemError('invalid_request', { status: 422, field, detail });
