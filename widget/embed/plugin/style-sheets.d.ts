/** The address of a style sheet that the build writes as a file of its own. */
declare module '*.css?url&no-inline' {
  const address: string;
  export default address;
}
