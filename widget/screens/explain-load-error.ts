/**
 * Finds out why a checkout cannot be opened where the reason is the page's own: its origin, or its client secret. The developer reads it in
 * the console. The browser hides every answer from a page of an origin that is refused, so to the checkout it looks like a lost
 * connection, and customers would look for a fault of their own. One address of the BFF, which every page may read, tells the two apart.
 */
import { type ChildPart, noChange } from 'lit';
import { Directive, directive } from 'lit/directive.js';
import type { DeskProblem } from '#contract';
import { AnnounceEvent } from '../parts/elements.ts';
import { isDead } from '../parts/page.ts';

/** What the checkout was opened with. */
export interface SecretSource {
  apiBase: string;
  secret(): string | null;
}

/** What the customer is told, at first and where pages of this origin are refused. */
interface Words {
  usual: string;
  refused: string;
}

/** Explains each problem once, however often its screen is drawn. */
class ExplainLoadError extends Directive {
  #explained: DeskProblem | null = null;
  #refused = false;
  #words: Words | null = null;

  override render(_problem: DeskProblem, _source: SecretSource, _words: Words): unknown {
    return noChange;
  }

  override update(part: ChildPart, [problem, source, words]: [DeskProblem, SecretSource, Words]): unknown {
    this.#words = words;
    if (problem !== this.#explained) {
      this.#explained = problem;
      this.#refused = false;
      if (isDead(problem)) explainSecret(source);
      if (problem.code === 'network') void this.#explainOrigin(problem, source.apiBase, part);
    }
    return this.#refused ? words.refused : words.usual;
  }

  async #explainOrigin(problem: DeskProblem, apiBase: string, part: ChildPart): Promise<void> {
    this.#refused = (await isRefused(apiBase)) && problem === this.#explained;
    if (!this.#refused || !this.#words) return;
    // What is announced is also drawn: the checkout is rendered again.
    part.parentNode.dispatchEvent(new AnnounceEvent(this.#words.refused, true));
  }
}

/**
 * The words for the customer. Writes to the console if the BFF serves no pages of this origin or knows no such secret, and nothing if it
 * cannot be reached either.
 */
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

/** Whether the BFF can be reached and serves no pages of this origin, which it then says in the console. */
async function isRefused(apiBase: string): Promise<boolean> {
  try {
    const response = await fetch(new URL('/checkout/origin', apiBase), { credentials: 'omit', referrerPolicy: 'no-referrer' });
    const { allowed, origin }: { allowed: boolean; origin: string | null } = await response.json();
    if (allowed || origin === null) return false;
    console.error(
      `Pay Desk: ${new URL(apiBase).origin} refuses pages of ${origin}. Add "${origin}" to "allowedOrigins" of the merchant in the merchants file. The demo takes it as \`npm run demo -- --origin ${origin}\`.`,
    );
    return true;
  } catch {
    // There really is no connection, and the screen says so.
    return false;
  }
}
