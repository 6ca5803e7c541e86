/** `<pay-desk>` in Preact. Each mistake must be refused by the compiler. */
import type {} from 'pay-desk/jsx/preact';

const secret = async () => 'cs_1';
export const good = (
  <pay-desk
    client-secret="cs_1"
    api-base="https://pay.example"
    theme="dark"
    class="checkout"
    fetchClientSecret={secret}
    onpay-success={({ amountPaid }) => amountPaid.toFixed()}
  />
);
export const mistakes = [
  // @ts-expect-error there is no such theme
  <pay-desk key="1" client-secret="cs_1" theme="pink" />,
  // @ts-expect-error an amount comes from the payment, and not from the page
  <pay-desk key="2" client-secret="cs_1" amount={2500} />,
  // @ts-expect-error an event of this name has no problem
  <pay-desk key="3" client-secret="cs_1" onpay-success={(event) => event.problem} />,
  // @ts-expect-error the secret comes from a server, so it is a promise
  <pay-desk key="4" fetchClientSecret={() => 'cs_1'} />,
];
