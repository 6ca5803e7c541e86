/** What would be spent is claimed by another payment too: nothing was sent, and a person has to look. */
export class ContestedClaim extends Error {
  override readonly name = 'ContestedClaim';
}
