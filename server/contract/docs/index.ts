/**
 * What the schemas do not contain and a reader of the interface needs to know, for the server only: the widget must not download
 * sentences for developers.
 */
import './back-office.ts';
import './checkout-requests.ts';
import './merchant-requests.ts';
import './next-action.ts';
import './payment.ts';
import './payment-records.ts';
import './webhook-log.ts';

export { definitionOf, exampleOf, fieldsOf } from './describe.ts';
export { problemsPage, problemTable, problemTables } from './problems.ts';
export { webhookCauses } from './webhook-causes.ts';
