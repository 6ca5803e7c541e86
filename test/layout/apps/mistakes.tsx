/** Each of these mistakes must be refused by the compiler. */
import type {} from 'pay-desk/jsx/react';
import { PayDesk, type PayDeskElement } from 'pay-desk/react';
import type { PayDesk as VuePayDesk } from 'pay-desk/vue';
import { useRef } from 'react';

export function Mistakes() {
  const element = useRef<PayDeskElement>(null);
  const good = { apiBase: 'https://pay.example', clientSecret: 'cs_1' };
  return (
    <>
      <PayDesk {...good} ref={element} onPaySuccess={({ amountPaid }) => amountPaid.toFixed()} />
      <button type="button" onClick={() => element.current?.submit().then(({ sent }) => sent satisfies boolean)} />
      {/* @ts-expect-error the origin of the server is missing */}
      <PayDesk clientSecret="cs_1" />
      {/* @ts-expect-error nothing says which payment */}
      <PayDesk apiBase="https://pay.example" />
      {/* @ts-expect-error an amount comes from the payment, and not from the page */}
      <PayDesk {...good} amount={2500} />
      {/* @ts-expect-error a misspelt option */}
      <PayDesk {...good} walletTyp="wavepay" />
      {/* @ts-expect-error there is no such theme */}
      <PayDesk {...good} theme="pink" />
      {/* @ts-expect-error there is no such method */}
      <PayDesk {...good} methods={['paypal']} />
      {/* @ts-expect-error there is no such event */}
      <PayDesk {...good} onPaid={() => undefined} />
      {/* @ts-expect-error an event of this name has no problem */}
      <PayDesk {...good} onPaySuccess={(event) => event.problem} />
      <pay-desk client-secret="cs_1" api-base="https://pay.example" theme="dark" className="checkout" ref={element} />
      {/* @ts-expect-error there is no such theme */}
      <pay-desk client-secret="cs_1" theme="pink" />
      {/* @ts-expect-error an amount comes from the payment, and not from the page */}
      <pay-desk client-secret="cs_1" amount={2500} />
      {/* @ts-expect-error the element has no such method */}
      <button type="button" onClick={() => element.current?.pay()} />
    </>
  );
}

/** What Vue checks a template against. */
const inTemplate = (props: InstanceType<typeof VuePayDesk>['$props']) => props;
inTemplate({ apiBase: 'https://pay.example', clientSecret: 'cs_1', 'onPay-success': ({ amountPaid }) => amountPaid.toFixed() });
// @ts-expect-error the origin of the server is missing
inTemplate({ clientSecret: 'cs_1' });
// @ts-expect-error there is no such theme
inTemplate({ apiBase: 'https://pay.example', theme: 'pink' });
// @ts-expect-error there is no such method
inTemplate({ apiBase: 'https://pay.example', methods: ['paypal'] });
// @ts-expect-error an event of this name has no problem
inTemplate({ apiBase: 'https://pay.example', 'onPay-success': (event) => event.problem });
// @ts-expect-error there is no such event
inTemplate({ apiBase: 'https://pay.example', 'onPay-paid': () => undefined });
