/** What `data-status` and `pay-status-change` tell: the payment's own status, or that there is none to show yet or at all. */
import type { PaymentStatus } from '#contract';

export type DeskStatus = PaymentStatus | 'loading' | 'load_error';
