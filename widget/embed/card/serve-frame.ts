/**
 * The card frame's end of the bridge. One click is one path: confirmed in here it is held back and wished for; what the page around
 * then has submitted is sent, and answered. What was typed is never said.
 */
import { type Channel, openChannel } from '../../bridge/channel.ts';
import type { FromFrame } from '../../bridge/from-frame.ts';
import { plainProblem } from '../../bridge/from-frame.ts';
import type { FromPage } from '../../bridge/from-page.ts';
import { readPage } from '../../bridge/from-page.ts';
import { createAppearanceStore } from '../plugin/appearance-store.ts';
import { observeHeight } from '../plugin/watch-height.ts';
import type { CardFrameElement } from './card-desk.ts';

/** @param place What is measured, and where the desk comes to stand. */
export function serveCardFrame(port: MessagePort, place: HTMLElement, desk: CardFrameElement): void {
  const { wear } = createAppearanceStore(() => desk);
  let told = { complete: false, version: 0 };
  let typed = false;
  let allowed = false;
  let wanted = false;

  const channel: Channel<FromFrame> = openChannel<FromFrame, FromPage>(port, readPage, (message) => {
    if (message.type === 'init') {
      if (desk.isConnected || !message.clientSecret) return;
      desk.clientSecret = message.clientSecret;
      place.replaceChildren(desk);
      observeHeight(place, (height) => channel.send({ type: 'resize', height }));
    } else if (message.type === 'set') {
      const { locale, theme, disabled, noSubmitButton, tokens, words } = message;
      wear({ locale, theme, disabled, noSubmitButton, tokens, words });
    } else if (message.type === 'submit') void submit();
    else if (message.type === 'acknowledge') {
      desk.acknowledged = true;
      desk.requestUpdate();
    } else if (message.type === 'focus') {
      wanted = !desk.room;
      desk.focus();
    } else desk[message.type]();
  });

  async function submit(): Promise<void> {
    allowed = true;
    // It rejects where there is nothing to submit: the page around has seen another payment.
    const { problem } = await desk.submit().catch(() => nothingSent);
    allowed = false;
    channel.send({ type: 'sent', problem: problem && plainProblem(problem) });
  }

  desk.addEventListener('pay-before-submit', (event) => {
    if (allowed) return;
    event.preventDefault();
    channel.send({ type: 'wish' });
  });

  // Not with every sign: nobody outside shall count them.
  const tellChange = (complete: boolean) => channel.send({ type: 'change', method: 'card', complete });
  desk.addEventListener('pay-change', ({ complete }) => {
    if (!typed) tellChange(complete);
    typed = true;
  });

  desk.addEventListener('updated', () => {
    const { room, view } = desk;
    const now = { complete: room?.complete ?? false, version: view?.version ?? 0 };
    if (now.complete !== told.complete) tellChange(now.complete);
    if (now.version !== told.version) channel.send({ type: 'moved', version: now.version });
    told = now;
    // Asked for before there was a field; whoever has gone elsewhere since is left there.
    if (wanted && room && document.hasFocus()) desk.focus();
    wanted &&= !room;
  });
}

const nothingSent = { problem: { code: 'invalid_request', ref: '' } } as const;
