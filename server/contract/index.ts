/** What the widget and the server both know. It imports nothing of either. */
export * from './ascii-digits.ts';
export * from './card-input.ts';
export * from './language-names.ts';
export * from './languages.ts';
export * from './merchant-api.ts';
export * from './minor-unit-digits.ts';
export * from './next-action.ts';
export * from './normalise-pay-code.ts';
export * from './payme-errors.ts';
export * from './payment.ts';
export * from './payment-basics.ts';
export * from './problem.ts';
export * from './qr-modules.ts';
export * from './qr-path.ts';
export * from './read-transaction-number.ts';
export * from './requests.ts';
export * from './webhook-events.ts';
