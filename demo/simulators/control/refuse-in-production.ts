/** Simulators hand out the credentials they accept and take orders from anyone: never beside real money. */
export function refuseInProduction(name: string): void {
  if (process.env.NODE_ENV === 'production') throw new Error(`the ${name} simulator does not start when NODE_ENV is production`);
}
