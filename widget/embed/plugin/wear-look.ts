/** Gives a plugin window the look that the page around it asks for. Only what is said changes. */
import type { PayDesk } from '../../pay-desk.ts';
import type { Look } from '../bridge/messages.ts';

export function wearLook({ tokens = {}, ...look }: Look, desk: PayDesk | null): void {
  const root = document.documentElement;
  for (const [name, value] of Object.entries(tokens)) root.style.setProperty(name, value);
  if (look.theme) root.dataset.theme = look.theme;
  if (look.locale) root.lang = look.locale;
  if (!desk) return;
  for (const name of ['locale', 'theme', 'methods', 'method', 'disabled'] as const)
    if (look[name] !== undefined) Object.assign(desk, { [name]: look[name] });
}
