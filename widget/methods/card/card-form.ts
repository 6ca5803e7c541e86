/** The room of cards. */
export {};
