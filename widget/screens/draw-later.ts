/** From the name of a screen that is not the first to what is drawn. */
import { html } from 'lit';
import { merchantHeader } from '../parts/page.ts';
import type { ScreenName } from '../session/screen-name.ts';
import { endedScreen } from './ended-screen.ts';
import { paidScreen } from './paid-screen.ts';
import { checkingScreen } from './result-screens.ts';
import type { ScreenContext } from './screen-context.ts';

export type LaterName = Exclude<ScreenName, 'loading' | 'load_error' | 'enter'>;

export function drawLater(name: LaterName, context: ScreenContext) {
  if (name === 'paid') return paidScreen(context);
  if (name === 'checking') return checkingScreen(context, false);
  return html`${merchantHeader(context.view, context.language)}
    ${name === 'review' ? checkingScreen(context, true) : endedScreen(context, name)}`;
}
