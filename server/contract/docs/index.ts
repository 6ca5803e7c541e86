/**
 * What the schemas do not contain and a reader of the interface needs to know, for the server only: the widget must not download
 * sentences for developers.
 */
export { problemsPage, problemTable, problemTables } from './problems.ts';
