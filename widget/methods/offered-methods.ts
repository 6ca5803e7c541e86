/** The methods the customer can choose from: what the payment allows, narrowed and ordered by the page, never widened. */
import type { EnterCode, PaymentMethod, PaymentView } from '#contract';

export interface OfferedMethod {
  method: PaymentMethod;
  /** What choosing it leads to; its kind picks the room. */
  action: EnterCode;
}

/** `wanted` is the value of the attribute `methods`: names separated by spaces, empty for all. */
export function offeredMethods({ nextAction, methods }: PaymentView, wanted: string): OfferedMethod[] {
  const actions = nextAction.kind === 'choose' ? nextAction.options : nextAction.kind === 'enter_code' ? [nextAction] : [];
  const offered = actions.flatMap((action, at) => {
    const method = methods[at];
    return method ? [{ method, action }] : [];
  });
  const names = wanted.split(/[\s,]+/).filter(Boolean);
  if (!names.length) return offered;
  return names.flatMap((name) => offered.filter(({ method }) => method === name));
}
