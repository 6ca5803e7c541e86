/** Whether to walk every state and every pair of language and place (`npm run test:all`), or, within the time of `npm test`, a fair part of them. */
export const walksAll = process.env.WALK === 'all';
