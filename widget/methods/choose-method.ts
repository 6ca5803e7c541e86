/**
 * Which methods the customer can choose from, and which form belongs to an action. The page can narrow and order the methods, not
 * add any.
 */
import type { PaymentMethod, PaymentView } from '#contract';
import type { FormAction } from './method-form.ts';

export interface OfferedMethod {
  method: PaymentMethod;
  /** What choosing the method leads to; its kind picks the form. */
  action: FormAction;
}

/** @param wanted The value of the attribute `methods`: names separated by spaces or commas; empty for all. */
export function offeredMethods({ nextAction, methods }: PaymentView, wanted: string, acknowledged: boolean): OfferedMethod[] {
  const { kind } = nextAction;
  // An attempt that has begun goes on, whatever the page prefers.
  if (kind === 'transfer' || (kind === 'confirm' && !acknowledged)) return [{ method: 'wallet', action: nextAction }];
  if (kind === 'send_sms') return [{ method: 'pay_code', action: nextAction }];
  if (kind === 'enter_card_code') return [{ method: 'card', action: nextAction }];
  const actions = 'options' in nextAction ? nextAction.options : kind === 'wait' || kind === 'none' ? [] : [nextAction];
  // The server sends the actions in the order of `methods`.
  const offered = actions.flatMap((action, index) => {
    const method = methods[index];
    return method ? [{ method, action }] : [];
  });
  const names = wanted.split(/[\s,]+/).filter(Boolean);
  if (!names.length) return offered;
  return names.flatMap((name) => offered.filter(({ method }) => method === name));
}

/** The method by which the customer pays or has paid, as far as it is known. A discount that pays all is a pay code. */
export const methodOf = (view: PaymentView | null): PaymentMethod | null =>
  view?.attempt?.method ?? (view?.discountCode ? 'pay_code' : null);

/** The element that carries out an action. */
export type FormTag = 'pay-code-form' | 'pay-sms-form' | 'pay-wallet-form' | 'pay-card-form' | 'pay-card-frame';

/**
 * On a page of another origin than the BFF a card is entered in a frame of the BFF: a merchant's document never contains the card
 * form.
 */
export function formFor({ kind }: FormAction, apiBase: string, pageOrigin: string): FormTag {
  if (kind === 'enter_code') return 'pay-code-form';
  if (kind === 'send_sms') return 'pay-sms-form';
  if (!kind.startsWith('enter')) return 'pay-wallet-form';
  return new URL(apiBase).origin === pageOrigin ? 'pay-card-form' : 'pay-card-frame';
}
