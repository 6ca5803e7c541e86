/** The page of a shop in React. */
import { PayDesk } from 'pay-desk/react';
import { useState } from 'react';

export function Shop({ api, secret }: { api: string; secret: string }) {
  const [shown, setShown] = useState(true);
  const [renderings, setRenderings] = useState(0);
  const [counts, setCounts] = useState({ ready: 0, success: 0, secrets: 0 });
  const [order, setOrder] = useState('');
  const count = (name: keyof typeof counts) => setCounts((before) => ({ ...before, [name]: before[name] + 1 }));
  return (
    <>
      <p>
        ready {counts.ready}, success {counts.success}, secrets {counts.secrets}, {order}
      </p>
      <button type="button" onClick={() => setRenderings(renderings + 1)}>
        Render
      </button>
      <button type="button" onClick={() => setShown(!shown)}>
        {shown ? 'Hide' : 'Show'}
      </button>
      {shown && (
        <PayDesk
          apiBase={api}
          fetchClientSecret={async () => {
            count('secrets');
            return secret;
          }}
          className="checkout"
          locale="en"
          methods={['pay_code', 'wallet']}
          method="pay_code"
          onPayReady={() => count('ready')}
          onPaySuccess={(event) => {
            count('success');
            setOrder(event.orderId);
          }}
        >
          <p slot="support">Call us</p>
        </PayDesk>
      )}
    </>
  );
}
