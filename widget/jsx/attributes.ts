/** The attributes of `<pay-desk>` as they are written in HTML, and its events, for the types of frameworks that write the element itself. */
import type { PayDeskEventMap } from '../events.ts';
import type { PayDesk } from '../index.ts';

export type { PayDesk, PayDeskEventMap };

export interface PayDeskAttributes {
  'client-secret'?: string | undefined;
  'api-base'?: string | undefined;
  locale?: string | undefined;
  /** Names of methods with spaces between them. */
  methods?: string | undefined;
  method?: PayDesk['method'] | undefined;
  'wallet-type'?: string | undefined;
  theme?: PayDesk['theme'] | undefined;
  'no-submit-button'?: boolean | undefined;
  disabled?: boolean | undefined;
}

/** What frameworks set as properties, because the values are no text. */
export type PayDeskPropertyNames = 'fetchClientSecret' | 'translations';

/** A listener for each event, under a name such as `onpay-success`. */
export type PayDeskListeners<Prefix extends string> = {
  [Name in keyof PayDeskEventMap as `${Prefix}${Name}`]?: ((event: PayDeskEventMap[Name]) => void) | undefined;
};
