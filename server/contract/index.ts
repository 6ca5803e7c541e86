/** What the widget and the server both know. A leaf: it imports nothing of either. */
export * from './attempt-view.ts';
export * from './create-payment.ts';
export * from './minor-unit-digits.ts';
export * from './next-action.ts';
export * from './normalise-pay-code.ts';
export * from './payment.ts';
export * from './payment-method.ts';
export * from './payment-reference.ts';
export * from './payment-status.ts';
export * from './payment-view.ts';
export * from './problem.ts';
export * from './problem-details.ts';
export * from './read-transaction-number.ts';
export * from './requests.ts';
export * from './return-urls.ts';
export * from './transfer.ts';
export * from './webhook.ts';
