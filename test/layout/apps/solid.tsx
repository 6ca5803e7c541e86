/** `<pay-desk>` in Solid. Each mistake must be refused by the compiler. */
import type {} from 'pay-desk/jsx/solid';

const secret = async () => 'cs_1';
export const good = (
  <pay-desk
    client-secret="cs_1"
    api-base="https://pay.example"
    theme="dark"
    class="checkout"
    prop:fetchClientSecret={secret}
    on:pay-success={({ amountPaid }) => amountPaid.toFixed()}
  />
);
export const mistakes = [
  // @ts-expect-error there is no such theme
  <pay-desk client-secret="cs_1" theme="pink" />,
  // @ts-expect-error an amount comes from the payment, and not from the page
  <pay-desk client-secret="cs_1" amount={2500} />,
  // @ts-expect-error an event of this name has no problem
  <pay-desk client-secret="cs_1" on:pay-success={(event) => event.problem} />,
  // @ts-expect-error the secret comes from a server, so it is a promise
  <pay-desk prop:fetchClientSecret={() => 'cs_1'} />,
];
