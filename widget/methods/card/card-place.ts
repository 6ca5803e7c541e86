/** A field in the room of cards, by the name of what is typed there. It is also the name that a problem calls it by. */
export type CardPlace = 'number' | 'expire' | 'phone' | 'code';
