/** The methods the customer can choose from: what the payment allows, narrowed and ordered by the page, never widened. */
import type { PaymentMethod, PaymentView } from '#contract';
import type { FormAction } from './method-form.ts';

export interface OfferedMethod {
  method: PaymentMethod;
  /** What choosing it leads to; its kind picks the room. */
  action: FormAction;
}

/** `wanted` is the value of the attribute `methods`: names separated by spaces, empty for all. */
export function offeredMethods({ nextAction, methods }: PaymentView, wanted: string, acknowledged: boolean): OfferedMethod[] {
  const { kind } = nextAction;
  // What has begun goes on, whatever the page prefers.
  if (kind === 'transfer' || (kind === 'confirm' && !acknowledged)) return [{ method: 'wallet', action: nextAction }];
  if (kind === 'send_sms') return [{ method: 'pay_code', action: nextAction }];
  if (kind === 'enter_card_code') return [{ method: 'card', action: nextAction }];
  const actions = 'options' in nextAction ? nextAction.options : kind === 'wait' || kind === 'none' ? [] : [nextAction];
  const offered = actions.flatMap((action, at) => {
    const method = methods[at];
    return method ? [{ method, action }] : [];
  });
  const names = wanted.split(/[\s,]+/).filter(Boolean);
  if (!names.length) return offered;
  return names.flatMap((name) => offered.filter(({ method }) => method === name));
}

/** The element that an action is done in. */
export type FormTag = 'pay-code-form' | 'pay-sms-form' | 'pay-wallet-form' | 'pay-card-form' | 'pay-card-frame';

/** A card is typed in a frame of the BFF wherever the page is not the BFF's own: a merchant's document never holds the form. */
export function formFor({ kind }: FormAction, apiBase: string, pageOrigin: string): FormTag {
  if (kind === 'enter_code') return 'pay-code-form';
  if (kind === 'send_sms') return 'pay-sms-form';
  if (!kind.startsWith('enter')) return 'pay-wallet-form';
  return new URL(apiBase).origin === pageOrigin ? 'pay-card-form' : 'pay-card-frame';
}
