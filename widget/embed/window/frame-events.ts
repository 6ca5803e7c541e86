/**
 * The events that a plugin window's frame fires, by what the window said: of the same names and fields as those of `<pay-desk>`.
 * Their classes are in the element's code, which a page with frames only has no need of.
 */

import type { FromFrame } from '../../bridge/from-frame.ts';
import type {} from '../../events.ts';

export type StatusMessage = Extract<FromFrame, { type: 'status' }>;

/** @param before What was told of the status before. Pure: the same two, the same events. */
export function frameEvents(before: StatusMessage | null, message: FromFrame): Event[] {
  switch (message.type) {
    case 'ready':
      return [named('pay-ready', { methods: message.methods, test: message.test })];
    case 'resize':
      return [named('pay-resize', { height: message.height })];
    case 'change':
      return [named('pay-change', { method: message.method, complete: message.complete })];
    case 'problem':
      return [named(message.of === 'load' ? 'pay-load-error' : 'pay-failure', { problem: message.problem })];
    case 'status':
      return statusEvents(before, message);
    default:
      return [];
  }
}

function statusEvents(before: StatusMessage | null, { status, method, action, wait, payment }: StatusMessage): Event[] {
  const events: Event[] = [];
  if (status !== before?.status)
    events.push(named('pay-status-change', { status, previous: before?.status ?? null, method, action }));
  if (wait && wait.reason !== before?.wait?.reason) events.push(named('pay-pending', wait));
  if (status !== before?.status) {
    if (status === 'succeeded' && payment) events.push(named('pay-success', { ...payment, method }));
    if (status === 'canceled') events.push(named('pay-cancel', {}));
    if (status === 'expired') events.push(named('pay-expired', {}));
  }
  return events;
}

const named = (name: `pay-${string}` & keyof HTMLElementEventMap, fields: object): Event =>
  Object.assign(new Event(name, { bubbles: true, composed: true }), fields);
