/**
 * The module `pay-desk/vue`: `<PayDesk>` for Vue 3. Options are props, events are emitted under their names. On a server it
 * renders the empty element, which is filled when the page becomes interactive.
 */
import { defineComponent, h, type PropType, shallowRef } from 'vue';
import type { PayDeskEventMap } from '../events.ts';
// It defines the element.
import '../index.ts';
import type { PayDesk as PayDeskElement, PaymentMethod, Translations } from '../index.ts';
import { eventNames, type PayDeskEventName, type PayDeskOptions, toProperties } from '../wrapped.ts';

export type { PayDeskElement, PayDeskOptions };

/** Only for the types: everything is passed on. */
const emits = Object.fromEntries(eventNames.map((name) => [name, () => true])) as unknown as {
  [Name in PayDeskEventName]: (event: PayDeskEventMap[Name]) => boolean;
};

/** A template ref has `element`: the element itself, with `submit()`, `validate()`, `refresh()` and the others. */
export const PayDesk = defineComponent({
  name: 'PayDesk',
  props: {
    apiBase: { type: String, required: true },
    clientSecret: { type: String as PropType<string | null>, default: null },
    fetchClientSecret: { type: Function as PropType<() => Promise<string>>, default: undefined },
    locale: { type: String, default: undefined },
    methods: { type: Array as PropType<readonly PaymentMethod[]>, default: undefined },
    method: { type: String as PropType<PaymentMethod>, default: undefined },
    walletType: { type: String, default: undefined },
    theme: { type: String as PropType<'auto' | 'light' | 'dark'>, default: undefined },
    noSubmitButton: Boolean,
    disabled: Boolean,
    translations: { type: Object as PropType<Translations>, default: undefined },
  },
  emits,
  setup(props, { emit, expose, slots }) {
    const element = shallowRef<PayDeskElement | null>(null);
    expose({ element });
    const fetchClientSecret = () =>
      props.fetchClientSecret?.() ?? Promise.reject(new Error('There is no fetchClientSecret any more.'));
    const send = emit as (name: PayDeskEventName, event: Event) => void;
    const listeners = Object.fromEntries(eventNames.map((name) => [handlerName(name), (event: Event) => send(name, event)]));
    return () => {
      const properties = Object.entries(toProperties(props, fetchClientSecret));
      // A dot makes Vue set a property. It sets only what has changed, so what the customer chose in the element stays.
      const attributes = Object.fromEntries(properties.map(([name, value]) => [`.${name}`, value]));
      return h('pay-desk', { ref: element, ...attributes, ...listeners }, slots.default?.());
    };
  },
});

/** `pay-ready` → `onPayReady`, as Vue calls the listener of an event. */
const handlerName = (event: string) => `on${event.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}`;
