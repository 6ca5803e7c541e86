/**
 * Tells the developer of a page why its checkout cannot be opened, where the reason is the page's own: its origin, or its client secret.
 * The browser hides every answer from a page of an origin that is refused, so to the checkout it looks like a lost connection.
 */
import { type ElementPart, noChange } from 'lit';
import { Directive, directive } from 'lit/directive.js';
import type { DeskProblem } from '#contract';
import { isDead } from '../parts/page.ts';

/** What the checkout was opened with. */
export interface SecretSource {
  apiBase: string;
  secret(): string | null;
}

/** Explains each problem once, however often its screen is drawn. */
class ExplainLoadError extends Directive {
  #explained: DeskProblem | null = null;

  override render(_problem: DeskProblem, _source: SecretSource): unknown {
    return noChange;
  }

  override update(_part: ElementPart, [problem, source]: [DeskProblem, SecretSource]): unknown {
    if (problem === this.#explained) return noChange;
    this.#explained = problem;
    if (isDead(problem)) explainSecret(source);
    if (problem.code === 'network') void explainOrigin(source.apiBase);
    return noChange;
  }
}

/** Writes to the console if the BFF serves no pages of this origin or knows no such secret, and nothing if it cannot be reached either. */
export const explainLoadError = directive(ExplainLoadError);

/** The secret itself is never written, but a word that stands where it should be. */
function explainSecret({ apiBase, secret }: SecretSource): void {
  const given = secret()?.trim() ?? '';
  console.error(
    /^(undefined|null)$/.test(given)
      ? `Pay Desk: the client secret is "${given}". Expected the clientSecret of POST /v1/payments.`
      : `Pay Desk: ${new URL(apiBase).origin} knows no payment of this client secret. Is it the clientSecret of POST /v1/payments, from this server?`,
  );
}

async function explainOrigin(apiBase: string): Promise<void> {
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
