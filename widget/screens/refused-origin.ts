/**
 * Tells the developer of a page why its checkout cannot be opened, where the reason is the page's own origin. The browser hides every
 * answer from such a page, so to the checkout it looks like a lost connection.
 */
import { type ElementPart, noChange } from 'lit';
import { Directive, directive } from 'lit/directive.js';
import type { DeskProblem } from '#contract';

/** Explains each problem once, however often its screen is drawn. */
class ExplainRefusedOrigin extends Directive {
  #explained: DeskProblem | null = null;

  override render(_problem: DeskProblem, _apiBase: string): unknown {
    return noChange;
  }

  override update(_part: ElementPart, [problem, apiBase]: [DeskProblem, string]): unknown {
    if (problem.code === 'network' && problem !== this.#explained) void explain(apiBase);
    this.#explained = problem;
    return noChange;
  }
}

/** Writes to the console if the BFF serves no pages of this origin. Says nothing where the BFF cannot be reached either. */
export const explainRefusedOrigin = directive(ExplainRefusedOrigin);

async function explain(apiBase: string): Promise<void> {
  try {
    const response = await fetch(new URL('/checkout/origin', apiBase), { credentials: 'omit', referrerPolicy: 'no-referrer' });
    const { allowed, origin }: { allowed: boolean; origin: string | null } = await response.json();
    if (allowed || origin === null) return;
    console.error(
      `Pay Desk: ${new URL(apiBase).origin} refuses pages of ${origin}. Add "${origin}" to "allowedOrigins" of the merchant in the merchants file. The demo takes it as \`npm run demo -- --origin ${origin}\`.`,
    );
  } catch {
    // There really is no connection, and the screen says so.
  }
}
