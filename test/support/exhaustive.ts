/**
 * Whether to test every state and every pair of language and embedding (`npm run test:all`), or a part of them, as in `npm test`.
 */
export const isExhaustive = process.env.STATES === 'all';
