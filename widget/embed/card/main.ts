/** The page inside a card frame: the card form on the BFF's origin, so that the page around can read nothing of it. */
import { allowedParents, onConnect } from '../../bridge/handshake.ts';
import { CardFrameElement } from './card-element.ts';
import { serveCardFrame } from './serve-frame.ts';

// The form is needed in any case, so it is fetched while the page around connects and the payment is opened.
void import('../../methods/card/card-form.ts').catch(() => undefined);

const container = document.querySelector<HTMLElement>('#card') ?? document.body;
const element = new CardFrameElement();
element.merchant = new URLSearchParams(location.search).get('merchant') ?? '';
onConnect(allowedParents(document), (port) => serveCardFrame(port, container, element));
