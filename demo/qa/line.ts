/** What the line between a checkout and the BFF does to what goes over it, for pages that go by `/qa/line`. One line for the whole demo. */
import type { PaymentView } from '#contract';
import type { LineMode } from '../page/qa-api.ts';

export interface Line {
  mode: LineMode;
}

/** A payment as no merchant of the demo has one: the page says that it is simulated. */
export const simulateView: Partial<Record<LineMode, (view: PaymentView) => PaymentView>> = {
  long: (view) => ({
    ...view,
    merchantName: 'The Very Patient Gardeners’ Antiquarian Bookshop and Seed Exchange of Szczebrzeszyn',
    orderId: `${view.orderId}-CONTINUED-UNDER-A-NUMBER-NOBODY-CAN-READ-OUT`,
  }),
  live: (view) => ({ ...view, test: false }),
};

/** Another secret of the same form: it opens nothing. */
export const strangersBearer = (authorization: string): string => `${authorization.slice(0, -8)}AAAAAAAA`;
