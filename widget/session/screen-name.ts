/** The names of the screens. Exactly one is shown at a time. */
export type ScreenName =
  | 'loading'
  | 'load_error'
  | 'session'
  | 'enter'
  | 'checking'
  | 'review'
  | 'paid'
  | 'underpaid'
  | 'refunding'
  | 'refunded'
  | 'canceled'
  | 'expired'
  | 'unavailable';
