/** The room of cards in a frame of the BFF, for pages of another origin. */
export {};
