/**
 * The card frame's end of the bridge. A click inside the frame is first reported to the page around as a wish to pay; only when
 * the page sends `submit` is the input sent to the BFF, and the outcome reported. What was typed never leaves the frame by the
 * bridge.
 */
import { type Channel, openChannel } from '../../bridge/channel.ts';
import { type FromFrame, plainProblem, sendFields, sendRefusals } from '../../bridge/from-frame.ts';
import { type FromPage, readPage } from '../../bridge/from-page.ts';
import { createAppearanceStore } from '../plugin/appearance-store.ts';
import { observeHeight } from '../plugin/observe-height.ts';
import type { CardFrameElement } from './card-element.ts';

/** @param container The element is put here, and the height of the container is the height of the frame. */
export function serveCardFrame(port: MessagePort, container: HTMLElement, element: CardFrameElement): void {
  const appearance = createAppearanceStore(() => element);
  let reported = { complete: false, version: 0 };
  let hasTyped = false;
  let submitAllowed = false;
  let focusPending = false;

  const channel: Channel<FromFrame> = openChannel<FromFrame, FromPage>(port, readPage, (message) => {
    if (message.type === 'init') {
      if (element.isConnected || !message.clientSecret) return;
      element.clientSecret = message.clientSecret;
      container.replaceChildren(element);
      observeHeight(container, (height) => channel.send({ type: 'resize', height }));
    } else if (message.type === 'set') {
      const { locale, theme, disabled, noSubmitButton, tokens, words } = message;
      appearance.update({ locale, theme, disabled, noSubmitButton, tokens, words });
    } else if (message.type === 'submit') void submit();
    else if (message.type === 'acknowledge') {
      element.acknowledged = true;
      element.requestUpdate();
    } else if (message.type === 'focus') {
      focusPending = !element.cardForm;
      element.focus();
    } else element[message.type]();
  });

  async function submit(): Promise<void> {
    submitAllowed = true;
    // It rejects where there is nothing to submit: the page around has seen an older state of the payment.
    const { problem } = await element.submit().catch(() => nothingSent);
    submitAllowed = false;
    channel.send({ type: 'sent', problem: problem && plainProblem(problem) });
  }

  element.addEventListener('pay-before-submit', (event) => {
    if (submitAllowed) return;
    event.preventDefault();
    channel.send({ type: 'wish' });
  });

  sendFields(element, channel.send);
  sendRefusals(element, () => element, channel.send);
  // Not for every character: the page around must not be able to count them.
  const reportChange = (complete: boolean) => channel.send({ type: 'change', method: 'card', complete });
  element.addEventListener('pay-change', ({ complete }) => {
    if (!hasTyped) reportChange(complete);
    hasTyped = true;
  });

  element.addEventListener('updated', () => {
    const { cardForm, view } = element;
    const now = { complete: cardForm?.complete ?? false, version: view?.version ?? 0 };
    if (now.complete !== reported.complete) reportChange(now.complete);
    if (now.version !== reported.version) channel.send({ type: 'moved', version: now.version });
    reported = now;
    // The focus was requested before there was a field. A customer who has gone elsewhere since is left there.
    if (focusPending && cardForm && document.hasFocus()) element.focus();
    focusPending &&= !cardForm;
  });
}

const nothingSent = { problem: { code: 'invalid_request', reference: '' } } as const;
