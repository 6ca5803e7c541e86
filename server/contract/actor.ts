/** Who acts, as the text that every record of an act has: `operator:<name>`, with the person behind the key where one is known. */

const before = ' (signed in as ';
const after = ')';

/** Separates an operator's name from the person's in the audit, so the name itself must not contain it. */
export const personMarker = before;

/** @param person As the single sign-on proxy names them; null without one. */
export const operatorActor = (name: string, person: string | null): `operator:${string}` =>
  `operator:${person === null ? name : `${name}${before}${person}${after}`}`;

/**
 * Whether the same person may stand behind both, so that one is no second person for the other. One key is one person, however many
 * sign in with it; and one person with two keys is one person, where both are known.
 */
export function maybeSamePerson(one: string, other: string): boolean {
  const [first, second] = [parse(one), parse(other)];
  return first.key === second.key || (first.person !== null && first.person === second.person);
}

/** The person without regard to case, as sign-on services write the same one differently. */
function parse(actor: string): { key: string; person: string | null } {
  const at = actor.indexOf(before);
  if (at < 0 || !actor.startsWith('operator:')) return { key: actor, person: null };
  const person = actor.slice(at + before.length, -after.length);
  return { key: actor.slice(0, at), person: person.normalize('NFKC').toLowerCase() };
}
