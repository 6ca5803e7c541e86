/** Settings with some of them changed. Those by card or by method are changed one by one; what is left out stays. */
import type { Settings } from './settings.ts';

export const changeSettings = (settings: Settings, changed: Partial<Settings>): Settings => ({
  ...settings,
  ...changed,
  failAt: { ...settings.failAt, ...changed.failAt },
  refuse: { ...settings.refuse, ...changed.refuse },
  balances: { ...settings.balances, ...changed.balances },
});
